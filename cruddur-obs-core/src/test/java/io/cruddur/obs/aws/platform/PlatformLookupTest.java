package io.cruddur.obs.aws.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.xray.entities.AWSLogReference;
import com.amazonaws.xray.plugins.EC2Plugin;
import com.amazonaws.xray.plugins.ECSPlugin;
import com.amazonaws.xray.plugins.EKSPlugin;
import com.amazonaws.xray.plugins.ElasticBeanstalkPlugin;
import com.amazonaws.xray.plugins.Plugin;
import io.cruddur.obs.aws.platform.Platform.LogGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class PlatformLookupTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private record Says(String origin, String name, Map<String, Object> context, Set<String> groups) implements Plugin {
        @Override
        public String getOrigin() {
            return origin;
        }

        @Override
        public String getServiceName() {
            return name;
        }

        @Override
        public Map<String, Object> getRuntimeContext() {
            return context;
        }

        @Override
        public Set<AWSLogReference> getLogReferences() {
            return groups.stream()
                    .map(group -> {
                        var reference = new AWSLogReference();
                        reference.setLogGroup(group);
                        return reference;
                    })
                    .collect(Collectors.toSet());
        }
    }

    private static final Plugin BEANSTALK = new Says(
            ElasticBeanstalkPlugin.ORIGIN,
            "elastic_beanstalk",
            Map.of("environment_name", "cruddur-prod", "version_label", "v7", "deployment_id", 42),
            Set.of());
    private static final Plugin EC2 =
            new Says(EC2Plugin.ORIGIN, "ec2", Map.of("instance_id", "i-0"), Set.of("/one", "/two"));

    /** What is known when all have been asked. */
    private static Platform asked(Plugin... plugins) {
        var last = new CountDownLatch(1);
        var all = new ArrayList<Supplier<Plugin>>();
        Arrays.stream(plugins).forEach(plugin -> all.add(() -> plugin));
        all.add(() -> {
            last.countDown();
            throw new IllegalStateException("there is none");
        });
        PlatformLookup lookup = PlatformLookup.start(() -> all, LONG);
        await().until(() -> last.getCount() == 0);
        return lookup.get();
    }

    @Test
    void theMostTellingNamesTheKindAndAllSayWhatTheyKnow() {
        Platform platform = asked(BEANSTALK, EC2);
        assertThat(platform.origin()).isEqualTo("AWS::ElasticBeanstalk::Environment");
        assertThat(platform.facts())
                .containsEntry(
                        "elastic_beanstalk",
                        Map.of("environment_name", "cruddur-prod", "version_label", "v7", "deployment_id", 42L))
                .containsEntry("ec2", Map.of("instance_id", "i-0"));
        assertThat(platform.logs()).extracting(LogGroup::name).containsExactlyInAnyOrder("/one", "/two");
    }

    @Test
    void theOrderIsThatOfTheSdk() {
        assertThat(XrayPlugins.inOrder(Map.of())).hasSize(4);
        assertThat(XrayPlugins.inOrder(Map.of("AWS_EC2_METADATA_DISABLED", "true")).stream()
                        .map(Supplier::get)
                        .map(Plugin::getOrigin))
                .containsExactly(ElasticBeanstalkPlugin.ORIGIN, EKSPlugin.ORIGIN, ECSPlugin.ORIGIN);
    }

    @Test
    void whatWasNotFoundIsLeftOut() {
        var context = new HashMap<String, Object>();
        context.put("cluster_name", null);
        context.put("pod", " ");
        var nothing = new Says(EKSPlugin.ORIGIN, "eks", context, Set.of("/aws/containerinsights/null/application"));
        assertThat(asked(nothing)).isEqualTo(Platform.UNKNOWN);
    }

    @Test
    void whatIsNoNameOrNoFactIsLeftOut() {
        Map<String, Object> context = Map.of("a key", "with a space", "list", List.of(1), "version_label", "v7");
        Platform platform = asked(new Says(ElasticBeanstalkPlugin.ORIGIN, "elastic_beanstalk", context, Set.of()));
        assertThat(platform.facts()).isEqualTo(Map.of("elastic_beanstalk", Map.of("version_label", "v7")));
    }

    @Test
    void whatAFileSaysIsBounded() {
        var context = new HashMap<String, Object>();
        for (int i = 0; i < 1_000; i++) {
            context.put("key" + i, "x".repeat(100_000));
        }
        var greedy = new Says(ElasticBeanstalkPlugin.ORIGIN, "elastic_beanstalk", context, Set.of("a group?"));
        Platform platform = asked(greedy);
        assertThat(platform.facts().getOrDefault("elastic_beanstalk", Map.of())).hasSize(8);
        assertThat(platform.facts().toString()).hasSizeLessThan(2_500);
        assertThat(platform.logs()).isEmpty();
    }

    static List<Supplier<Plugin>> thoseThatCannotBeAsked() {
        return List.of(
                () -> {
                    throw new NoClassDefFoundError("of a library that was left out");
                },
                () -> {
                    throw new IllegalStateException("of the plugin");
                },
                () -> {
                    throw new StackOverflowError();
                });
    }

    @ParameterizedTest
    @MethodSource("thoseThatCannotBeAsked")
    void oneThatCannotBeAskedKeepsNoOtherFromBeingAsked(Supplier<Plugin> plugin) {
        PlatformLookup lookup = PlatformLookup.start(() -> List.of(plugin, () -> EC2), LONG);
        await().until(() -> "AWS::EC2::Instance".equals(lookup.get().origin()));
    }

    @Test
    void whatComesAfterTheLimitIsLeftOutAndNoFurtherOneIsAsked() throws InterruptedException {
        var clock = new AtomicLong();
        var asked = new CountDownLatch(1);
        var furtherAsked = new CountDownLatch(1);
        Duration limit = Duration.ofSeconds(2);
        var looking = new Thread[1];
        PlatformLookup lookup = PlatformLookup.start(
                () -> List.of(
                        () -> BEANSTALK,
                        () -> {
                            looking[0] = Thread.currentThread();
                            asked.countDown();
                            clock.addAndGet(limit.toNanos() + 1);
                            return EC2;
                        },
                        () -> {
                            furtherAsked.countDown();
                            return EC2;
                        }),
                limit,
                clock::get);
        asked.await();
        looking[0].join();
        assertThat(furtherAsked.getCount()).isEqualTo(1);
        assertThat(lookup.get().facts()).containsOnlyKeys("elastic_beanstalk");
    }

    @Test
    void itLooksOnADaemonThreadThatEnds() throws InterruptedException {
        var looking = new Thread[1];
        var begun = new CountDownLatch(1);
        PlatformLookup.start(
                () -> {
                    looking[0] = Thread.currentThread();
                    begun.countDown();
                    return List.of();
                },
                LONG);
        begun.await();
        assertThat(looking[0].isDaemon()).isTrue();
        assertThat(looking[0]).isNotSameAs(Thread.currentThread());
        looking[0].join();
    }
}
