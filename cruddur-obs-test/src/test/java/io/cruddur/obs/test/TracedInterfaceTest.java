package io.cruddur.obs.test;

import static io.cruddur.obs.test.TraceAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cruddur.obs.Traced;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An object behind its interface, each call a span. */
class TracedInterfaceTest {
    interface Feed {
        @Traced("feed.home")
        String home(String handle) throws IOException;

        int count();

        @Traced(enabled = false)
        String ping();

        default String twice() {
            return home() + home();
        }

        String home();
    }

    private static final class RealFeed implements Feed {
        @Override
        public String home(String handle) throws IOException {
            throw new IOException("no feed of " + handle);
        }

        @Override
        @Traced("counting")
        public int count() {
            return 3;
        }

        @Override
        public String ping() {
            return "pong";
        }

        @Override
        public String home() {
            return "home";
        }

        @Override
        public String toString() {
            return "the real one";
        }
    }

    @RegisterExtension
    final ObsExtension telemetry = ObsExtension.create();

    @Test
    void eachCallIsASpanNamedByTheAnnotationOrTheMethod() {
        Feed feed = telemetry.obs().traced(Feed.class, new RealFeed());
        telemetry.obs().trace("root").run(() -> {
            assertThat(feed.home()).isEqualTo("home");
            assertThat(feed.count()).isEqualTo(3);
            assertThat(feed.ping()).isEqualTo("pong");
            assertThat(feed.twice()).isEqualTo("homehome");
            assertThat(feed).hasToString("the real one");
        });
        assertThat(telemetry.trace()).hasChildren("Feed.home", "counting", "Feed.twice");
    }

    @Test
    void whatTheTargetThrowsIsRecordedAndComesOutAsItIs() {
        Feed feed = telemetry.obs().traced(Feed.class, new RealFeed());
        assertThatThrownBy(() -> feed.home("andrewbrown"))
                .isInstanceOf(IOException.class)
                .hasMessage("no feed of andrewbrown")
                .hasNoCause();
        assertThat(telemetry.trace()).hasName("feed.home").failedWith(IOException.class);
    }

    @Test
    void aProxyIsEqualToItselfAndToAnotherOfTheSameTarget() {
        var target = new RealFeed();
        Feed feed = telemetry.obs().traced(Feed.class, target);
        var listeners = new ArrayList<>(List.of(feed));
        assertThat(listeners.remove(feed)).isTrue();
        assertThat(feed).isEqualTo(telemetry.obs().traced(Feed.class, target));
        assertThat(feed).isNotEqualTo(telemetry.obs().traced(Feed.class, new RealFeed()));
    }

    @Test
    void aClassIsRefusedWithTheNextStep() {
        assertThatThrownBy(() -> telemetry.obs().traced(RealFeed.class, new RealFeed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not an interface")
                .hasMessageContaining("obs.trace(name)");
    }
}
