package io.magpie.adapter.s3;

import io.magpie.core.file.FileStore;
import io.magpie.core.store.StoreUnavailableException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Bytes of files in one bucket, an object for each, named by its hash. An object is there as a whole or not at all.
/// Nothing else needs to be in the bucket, and nothing else there is touched.
public final class S3Files implements FileStore, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final S3Client s3;
    private final String bucket;

    private S3Files(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /// @throws StoreUnavailableException if the bucket cannot be used
    public static S3Files open(S3Settings settings) {
        var files = new S3Files(client(settings), settings.bucket());
        try {
            files.call(() -> files.s3.headBucket(request -> request.bucket(files.bucket)));
            return files;
        } catch (StoreUnavailableException e) {
            files.close();
            throw e;
        }
    }

    private static S3Client client(S3Settings settings) {
        var builder = S3Client.builder()
                .httpClient(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .build())
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                .credentialsProvider(credentials(settings))
                // The names are checksums; not every server knows the newer ones.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        String endpoint = settings.endpoint();
        return endpoint == null
                ? builder.build()
                : builder.endpointOverride(URI.create(endpoint)).build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings) {
        String accessKey = settings.accessKey();
        String secretKey = settings.secretKey();
        return accessKey == null || secretKey == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    @Override
    public void put(String hash, Path bytes) {
        if (!isThere(hash)) {
            call(() -> s3.putObject(request -> request.bucket(bucket).key(hash), RequestBody.fromFile(bytes)));
        }
    }

    private boolean isThere(String hash) {
        return call(() -> {
            try {
                s3.headObject(request -> request.bucket(bucket).key(hash));
                return true;
            } catch (NoSuchKeyException _) {
                return false;
            }
        });
    }

    @Override
    public InputStream open(String hash, long from, long length) {
        String range = "bytes=" + from + "-" + (from + length - 1);
        return call(
                () -> s3.getObject(request -> request.bucket(bucket).key(hash).range(range)));
    }

    @Override
    public void delete(String hash) {
        call(() -> s3.deleteObject(request -> request.bucket(bucket).key(hash)));
    }

    private <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (SdkException e) {
            throw new StoreUnavailableException("s3 bucket " + bucket + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
