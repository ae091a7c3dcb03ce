package com.techcourse.platform.storage;

import com.techcourse.platform.CommandProblem;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** {@code file:///FOLDER} or {@code s3://BUCKET?region=REGION&endpoint=https://HOST}; keys are the AWS variables'. */
record StorageUrl(URI url) {

    private static final Duration CONNECTING = Duration.ofSeconds(5);
    private static final Duration ANSWERING = Duration.ofSeconds(20);
    private static final Duration ALTOGETHER = Duration.ofMinutes(5);

    static StorageUrl parse(String text) {
        try {
            URI url = URI.create(text);
            if ("file".equals(url.getScheme()) && url.getPath() != null
                    || "s3".equals(url.getScheme()) && url.getHost() != null) {
                return new StorageUrl(url);
            }
        } catch (IllegalArgumentException _) {
            // said below
        }
        throw new CommandProblem(
                "TECHCOURSE_STORAGE_URL is neither a folder nor a bucket.",
                "Write file:///folder or s3://bucket?region=eu-central-1&endpoint=https://s3.example.org.");
    }

    Storage open(AwsCredentialsProvider credentials) {
        return "file".equals(url.getScheme())
                ? new FolderStorage(Path.of(url.getPath()))
                : new S3Storage(client(credentials), url.getHost());
    }

    private S3Client client(AwsCredentialsProvider credentials) {
        Map<String, String> settings =
                UriComponentsBuilder.fromUri(url).build().getQueryParams().toSingleValueMap();
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.getOrDefault("region", "us-east-1")))
                .credentialsProvider(credentials)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(plain -> plain.chunkedEncodingEnabled(false))
                .overrideConfiguration(timeouts -> timeouts.apiCallTimeout(ALTOGETHER))
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTING)
                        .socketTimeout(ANSWERING)
                        .build());
        endpoint(settings.get("endpoint"))
                .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
        return builder.build();
    }

    private static Optional<URI> endpoint(@Nullable String text) {
        return Optional.ofNullable(text).map(URI::create);
    }
}
