package io.magpie.adapter.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.magpie.core.file.FileStore;
import io.magpie.core.file.FileStoreContract;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.engines.Engine;
import io.magpie.engines.RunningEngine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Against s3proxy, a server of the S3 API in a process of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3FilesIT extends FileStoreContract {
    private static final String BUCKET = "magpie-files";

    private @Nullable RunningEngine engine;
    private @Nullable S3Files files;

    @BeforeAll
    void start() {
        engine = Engine.S3PROXY.start();
        makeBucket();
        files = S3Files.open(settings(BUCKET));
    }

    @AfterAll
    void stop() {
        files().close();
        engine().close();
    }

    private RunningEngine engine() {
        return Objects.requireNonNull(engine);
    }

    private S3Files files() {
        return Objects.requireNonNull(files);
    }

    @Override
    protected FileStore store() {
        return files();
    }

    private S3Settings settings(String bucket) {
        return new S3Settings(engine().url(), "us-east-1", bucket, engine().user(), engine().password(), true);
    }

    private void makeBucket() {
        try (var s3 = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .endpointOverride(URI.create(engine().url()))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(engine().user(), engine().password())))
                .build()) {
            s3.createBucket(request -> request.bucket(BUCKET));
        }
    }

    @Test
    void aBucketThatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> S3Files.open(settings("no-such-bucket")))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no-such-bucket");
    }

    @Test
    void comesBackWithItsServer(@TempDir Path folder) throws IOException {
        String name = "0123456789abcdef";
        files().put(name, Files.writeString(folder.resolve("a"), "bytes"));
        engine().kill();
        assertThatThrownBy(() -> files().open(name, 0, 5)).isInstanceOf(StoreUnavailableException.class);
        engine().restart();
        try (var in = files().open(name, 1, 3)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("yte");
        }
    }
}
