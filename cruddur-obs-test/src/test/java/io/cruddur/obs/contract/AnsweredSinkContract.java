package io.cruddur.obs.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.delivery.SpoolMode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a sink that waits for answers must keep besides. Inherited by the tests of each: they say in which words their
 * service refuses.
 */
abstract class AnsweredSinkContract extends SinkContract {
    private static final List<Fault> NEVER_ANSWER = List.of(Fault.HANGS, Fault.HALF_OPEN, Fault.DRIPS, Fault.STOPS);

    @SuppressWarnings("NullAway.Init") // begun before each test
    private FaultProxy proxy;

    /** A stand-in for the service that takes everything; a new one for each test. */
    protected abstract URI startStandIn() throws IOException;

    protected abstract void stopStandIn();

    /** Answers of the service that mean: later. */
    protected abstract List<Fault.Answers> later();

    /** Answers of the service that mean: not with these credentials. */
    protected abstract List<Fault.Answers> notYou();

    /** The service's answer to a record that it will never take, and the reason under which that is counted. */
    protected abstract Map.Entry<Fault.Answers, String> never();

    @Override
    void startService() throws IOException {
        proxy = new FaultProxy(startStandIn());
    }

    @Override
    void silenceService() throws IOException {
        proxy.begin(Fault.HANGS);
    }

    @Override
    void stopService() throws IOException {
        proxy.close();
        stopStandIn();
    }

    @Override
    int port() {
        return proxy.port();
    }

    private Obs spooling(Duration attempt) {
        return obs(attempt, delivery -> delivery.spool(SpoolMode.OVERFLOW));
    }

    /** A close has little time here: its sink is at work by then, and has not first to come to it. */
    private void awaitFirstCall() {
        await().atMost(SOON).until(() -> proxy.met() >= 1);
    }

    /** Has the sink try again without waiting for the end of its back-off. */
    private void untilMet(Obs obs, int times) {
        await().atMost(SOON).until(() -> {
            obs.flush(Duration.ZERO);
            return proxy.met() >= times;
        });
    }

    static Stream<Fault> onTheWire() {
        return Stream.concat(
                NEVER_ANSWER.stream(),
                Stream.of(
                        Fault.RESETS,
                        Fault.GARBAGE,
                        new Fault.Answers(500, Map.of(), ""),
                        new Fault.Answers(502, Map.of(), "<html>Bad Gateway</html>"),
                        new Fault.Answers(503, Map.of(), "{}")));
    }

    Stream<Fault.Answers> laterAnswers() {
        return later().stream();
    }

    Stream<Fault.Answers> notYouAnswers() {
        return notYou().stream();
    }

    @ParameterizedTest
    @MethodSource("onTheWire")
    void aFailedCallIsRepeatedUntilItIsAnswered(Fault fault) throws IOException {
        Obs obs = inMemory(NEVER_ANSWER.contains(fault) ? IMPATIENT : PATIENT);
        proxy.begin(fault);
        List<String> texts = recordSome(obs, 0, 3);
        untilMet(obs, 2);
        assertThat(report(obs).pending()).isEqualTo(3);
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
    }

    @Test
    void aServiceThatIsNotThereYetIsWaitedFor() throws IOException {
        proxy.begin(Fault.REFUSES);
        Obs obs = inMemory(PATIENT);
        List<String> texts = recordSome(obs, 0, 3);
        obs.flush(Duration.ofMillis(300));
        assertThat(report(obs).pending()).isEqualTo(3);
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
    }

    @ParameterizedTest
    @MethodSource("laterAnswers")
    void aThrottledCallIsRepeated(Fault.Answers throttled) throws IOException {
        Obs obs = inMemory(PATIENT);
        proxy.begin(throttled);
        List<String> texts = recordSome(obs, 0, 3);
        untilMet(obs, 2);
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
    }

    @ParameterizedTest
    @MethodSource("notYouAnswers")
    void refusedCredentialsNeverDiscard(Fault.Answers refusal) throws IOException {
        Obs obs = obs(PATIENT, delivery -> delivery.retryDeadline(Duration.ofMillis(400)));
        proxy.begin(refusal);
        List<String> texts = recordSome(obs, 0, 3);
        // Polled ten times a second: well over the deadline.
        untilMet(obs, 8);
        assertThat(report(obs).pending()).isEqualTo(3);
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
    }

    @Test
    void anAnswerThatIsNotTheServicesIsNoAcknowledgement() throws IOException {
        Obs obs = inMemory(PATIENT);
        proxy.begin(Fault.SIGN_IN_PAGE);
        List<String> texts = recordSome(obs, 0, 3);
        untilMet(obs, 2);
        assertThat(report(obs).delivered()).isZero();
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
    }

    @Test
    void aPoisonRecordIsCountedAndTheRestIsDelivered() throws IOException {
        Obs obs = inMemory(PATIENT);
        proxy.begin(new Fault.AnswersWhere("poison", never().getKey()));
        List<String> before = recordSome(obs, 0, 5);
        record(obs, "poison");
        List<String> after = recordSome(obs, 5, 10);
        obs.flush(SOON);
        assertThat(arrived())
                .containsSubsequence(before)
                .containsSubsequence(after)
                .hasSize(10);
        assertThat(report(obs).lost()).isEqualTo(Map.of(never().getValue(), 1L));
    }

    @Test
    void aSinkThatIsDownLosesNothingThatItsSpoolHolds() throws IOException {
        proxy.begin(Fault.REFUSES);
        Obs obs = spooling(PATIENT);
        List<String> texts = recordSome(obs, 0, 200);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(report(obs).spooled()).isEqualTo(200));
        proxy.begin(Fault.NONE);
        assertThat(obs.flush(SOON).isComplete()).isTrue();
        assertThat(arrived()).isEqualTo(texts);
        assertThat(report(obs).spooled()).isZero();
    }

    @Test
    void whatIsLeftAtTheEndIsOnDiskAndTheNextProcessSendsIt() throws IOException {
        proxy.begin(Fault.HANGS);
        Obs first = spooling(IMPATIENT);
        List<String> texts = recordSome(first, 0, 20);
        awaitFirstCall();
        first.close();
        assertThat(report(first).pending()).isEqualTo(20);
        assertThat(report(first).spooled()).isEqualTo(20);
        proxy.begin(Fault.NONE);
        Obs next = spooling(PATIENT);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(report(next).delivered()).isEqualTo(20));
        assertThat(arrived()).isEqualTo(texts);
    }

    @Test
    void withoutASpoolWhatIsLeftAtTheEndIsCounted() throws IOException {
        proxy.begin(Fault.HANGS);
        Obs obs = inMemory(IMPATIENT);
        recordSome(obs, 0, 20);
        awaitFirstCall();
        obs.close();
        assertThat(report(obs).lost()).isEqualTo(Map.of("shutdown", 20L));
    }

    @Test
    void aFlushTellsTheTruthWhileNothingGetsThrough() throws IOException {
        proxy.begin(Fault.HANGS);
        Obs obs = inMemory(IMPATIENT);
        recordSome(obs, 0, 20);
        DeliveryReport told = obs.flush(Duration.ofMillis(50));
        assertThat(told.isComplete()).isFalse();
        assertThat(told.isBalanced()).isTrue();
        assertThat(report(obs).pending()).isEqualTo(20);
    }
}
