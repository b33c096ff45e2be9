package io.cruddur.obs.otlp;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Signs requests to X-Ray with the credentials that the AWS SDK finds, anew for each: they change while a process runs. The
 * only class here that knows that SDK, so that without it all else goes on. Used by one thread.
 */
final class SigV4 implements AutoCloseable {
    /** The JDK's client sets them itself, to the same values. */
    private static final Set<String> SET_BY_CLIENT = Set.of("host", "content-length");

    private final String region;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();

    SigV4(String region) {
        this.region = region;
    }

    /**
     * Adds the headers, and those by which it is signed.
     *
     * @throws RuntimeException if there are no credentials
     */
    void sign(URI to, Map<String, String> headers, byte[] body, HttpRequest.Builder call) {
        SdkHttpRequest.Builder request =
                SdkHttpRequest.builder().method(SdkHttpMethod.POST).uri(to);
        headers.forEach(request::putHeader);
        SignedRequest signed = signer.sign(sign -> sign.identity(credentials.resolveCredentials())
                .request(request.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "xray")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        for (Map.Entry<String, List<String>> header : signed.request().headers().entrySet()) {
            if (!SET_BY_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                header.getValue().forEach(value -> call.header(header.getKey(), value));
            }
        }
    }

    @Override
    public void close() {
        credentials.close();
    }
}
