package io.cruddur.obs.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cruddur.obs.DeliveryReport;
import io.cruddur.obs.Obs;
import io.cruddur.obs.OtlpObs;
import io.cruddur.obs.test.otlp.OtlpAnswer;
import io.cruddur.obs.test.otlp.OtlpReceiver;
import io.cruddur.obs.test.otlp.ReceivedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests signed for X-Ray, checked as the service checks them: by computing the signature again. */
@Timeout(60)
class SigningTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "aws.accessKeyId";
    private static final String SECRET = "aws.secretAccessKey";
    private static final String TOKEN = "aws.sessionToken";

    private final OtlpReceiver xray = new OtlpReceiver();
    private final OtlpSettings settings = new OtlpSettings(
            xray.endpoint(),
            Map.of("X-Team", "shop"),
            true,
            Duration.ofSeconds(5),
            OtlpResource.of("shop"),
            "eu-central-1");

    SigningTest() throws IOException {}

    @AfterEach
    void stop() {
        xray.close();
        Stream.of(KEY, SECRET, TOKEN).forEach(System::clearProperty);
    }

    private static void credentials(String word) {
        System.setProperty(KEY, word + "-key");
        System.setProperty(SECRET, word + "-secret");
        System.setProperty(TOKEN, word + "-token");
    }

    private static DeliveryReport.Sink law(Obs obs) {
        return obs.report().sinks().get(0);
    }

    @Test
    void aRequestIsSignedAsTheServiceReadsIt() throws GeneralSecurityException {
        credentials("test");
        try (Obs obs = OtlpObs.sending(settings, unused -> {})) {
            obs.trace("signed").run(span -> {});
            assertThat(obs.flush(SOON).isComplete()).isTrue();
        }
        ReceivedRequest request = xray.requests().get(0);
        assertThat(request.header("Authorization"))
                .contains("Credential=test-key/")
                .contains("/eu-central-1/xray/aws4_request");
        assertThat(request.header("X-Amz-Security-Token")).isEqualTo("test-token");
        assertThat(signedHeaders(request)).contains("host", "x-amz-date", "content-type", "content-encoding", "x-team");
        assertThat(signature(request)).isEqualTo(expected(request, "test-secret"));
        assertThat(xray.spans()).hasSize(1);
    }

    @Test
    void credentialsThatExpiredKeepTracesUntilThereAreOthers() {
        credentials("old");
        xray.answerNext(10_000, OtlpAnswer.of(403).with("x-amzn-ErrorType", "ExpiredTokenException"));
        try (Obs obs = OtlpObs.sending(settings, unused -> {})) {
            obs.trace("kept").run(span -> {});
            awaitRequestBy("old-key", obs);
            assertThat(law(obs).pending()).isEqualTo(1);
            credentials("new");
            awaitRequestBy("new-key", obs);
            xray.answerAsUsual();
            await().atMost(SOON).until(() -> {
                obs.flush(Duration.ZERO);
                return law(obs).delivered() == 1;
            });
            assertThat(law(obs).lostTotal()).isZero();
        }
        List<ReceivedRequest> requests = xray.requests();
        assertThat(requests.get(requests.size() - 1).header("Authorization")).contains("Credential=new-key/");
    }

    private void awaitRequestBy(String key, Obs obs) {
        await().atMost(SOON).until(() -> {
            obs.flush(Duration.ZERO);
            return xray.requests().stream()
                    .anyMatch(request -> request.header("Authorization").contains("Credential=" + key + '/'));
        });
    }

    @Test
    void theServicesWordsWithStatus400AreUnderstood() {
        credentials("test");
        xray.answerNext(1, OtlpAnswer.of(400).with("x-amzn-ErrorType", "ThrottlingException"));
        xray.answerNext(1, OtlpAnswer.of(400).with("x-amzn-ErrorType", "InvalidSignatureException:http://amazon"));
        try (Obs obs = OtlpObs.sending(settings, unused -> {})) {
            obs.trace("kept").run(span -> {});
            await().atMost(SOON).until(() -> {
                obs.flush(Duration.ZERO);
                return law(obs).delivered() == 1;
            });
            assertThat(law(obs).lostTotal()).isZero();
        }
    }

    private static String part(ReceivedRequest request, String name) {
        String header = request.header("Authorization");
        int from = header.indexOf(name + '=') + name.length() + 1;
        int to = header.indexOf(',', from);
        return to < 0 ? header.substring(from) : header.substring(from, to);
    }

    private static String signature(ReceivedRequest request) {
        return part(request, "Signature");
    }

    private static String[] signedHeaders(ReceivedRequest request) {
        return part(request, "SignedHeaders").split(";", -1);
    }

    /** By AWS's description of Signature Version 4, and nothing of its SDK. */
    private static String expected(ReceivedRequest request, String secret) throws GeneralSecurityException {
        String headers = Stream.of(signedHeaders(request))
                .map(name -> name + ':' + request.header(name).strip() + '\n')
                .collect(Collectors.joining());
        String canonical = "POST\n" + request.path() + "\n\n" + headers + '\n' + part(request, "SignedHeaders") + '\n'
                + sha256(request.body());
        String scope = part(request, "AWS4-HMAC-SHA256 Credential").split("/", 2)[1];
        String toSign = "AWS4-HMAC-SHA256\n" + request.header("X-Amz-Date") + '\n' + scope + '\n'
                + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
        for (String step : scope.split("/", -1)) {
            key = hmac(key, step);
        }
        return HexFormat.of().formatHex(hmac(key, toSign));
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
