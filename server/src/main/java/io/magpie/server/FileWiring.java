package io.magpie.server;

import io.magpie.adapter.local.FolderFiles;
import io.magpie.adapter.media.Inspector;
import io.magpie.adapter.s3.S3Files;
import io.magpie.adapter.s3.S3Settings;
import io.magpie.core.file.FileRules;
import io.magpie.core.file.FileService;
import io.magpie.core.file.FileSettings;
import io.magpie.core.file.FileStats;
import io.magpie.core.file.FileStore;
import io.magpie.core.file.Intake;
import io.magpie.core.file.MediaInspector;
import io.magpie.core.file.SharedFolder;
import io.magpie.core.file.SignedFiles;
import io.magpie.core.journal.Journal;
import io.magpie.core.storage.Storage;
import io.magpie.core.store.StoreUnavailableException;
import io.magpie.core.upkeep.UnusedFiles;
import io.magpie.core.upkeep.UpkeepStats;
import io.magpie.server.config.S3;
import io.magpie.server.config.Secret;
import io.magpie.server.config.Settings;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Uploaded files: where they arrive, who looks into them, where they stay.
@Configuration(proxyBeanMethods = false)
class FileWiring {
    private static final Logger log = LoggerFactory.getLogger(FileWiring.class);

    @Bean
    FileStats fileStats() {
        return new FileStats();
    }

    @Bean
    FileStore fileStore(Settings settings) {
        try {
            return switch (settings.files()) {
                case FOLDER -> new FolderFiles(settings.data().resolve("files"));
                case S3 -> S3Files.open(bucket(settings.s3()));
            };
        } catch (UncheckedIOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        } catch (StoreUnavailableException e) {
            throw new StartException(
                    "s3.bucket: %s cannot be used: %s (expected: a bucket this server may read and write)"
                            .formatted(settings.s3().bucket(), e.getMessage()),
                    e);
        }
    }

    private static S3Settings bucket(S3 s3) {
        Secret secretKey = s3.secretKey();
        return new S3Settings(
                s3.endpoint(),
                s3.region(),
                String.valueOf(s3.bucket()),
                s3.accessKey(),
                secretKey == null ? null : secretKey.value(),
                s3.pathStyle());
    }

    /// A folder of this node's own is no reason not to start, since messages do not need files, but to be told.
    @Bean
    SharedFolder sharedFolder(Settings settings, FileStore bytes, Journal journal) {
        var shared = new SharedFolder(journal);
        if (settings.clustered() && bytes instanceof FolderFiles folder && !shared.isOfAll(folder.mark())) {
            log.warn(
                    "files: {} is not the folder in which the other nodes keep files; what people upload here cannot be "
                            + "read there (expected: one folder that all nodes mount, or files=s3)",
                    settings.data().resolve("files"));
        }
        return shared;
    }

    /// A folder for each node, in case nodes share `data`.
    @Bean
    Intake intake(Settings settings) {
        try {
            return new Intake(
                    settings.data().resolve("uploads").resolve(settings.node().id()));
        } catch (UncheckedIOException e) {
            throw new StartException(String.valueOf(e.getMessage()), e);
        }
    }

    @Bean(destroyMethod = "close")
    Inspector mediaInspector(Settings settings) {
        return new Inspector(settings.uploads().imagePixels());
    }

    @Bean
    FileRules fileRules(Storage storage) {
        return new FileRules(storage.files());
    }

    @Bean
    SignedFiles signedFiles(Journal journal, InstantSource clock) {
        return new SignedFiles(journal, clock);
    }

    @Bean
    FileService fileService(
            Journal journal,
            Storage storage,
            FileStore bytes,
            MediaInspector inspector,
            Intake intake,
            Settings settings,
            FileStats stats,
            InstantSource clock) {
        var uploads = settings.uploads();
        return new FileService(
                journal,
                storage.files(),
                bytes,
                inspector,
                intake,
                new FileSettings(
                        uploads.imageBytes(),
                        uploads.audioBytes(),
                        uploads.videoBytes(),
                        uploads.otherBytes(),
                        uploads.quotaBytes()),
                stats,
                clock);
    }

    /// On a thread of its own: the bytes may be far away.
    @Bean
    Upkeep fileUpkeep(
            Settings settings,
            Storage storage,
            FileStore bytes,
            Journal journal,
            UpkeepStats stats,
            InstantSource clock) {
        var kept = Duration.ofHours(settings.uploads().unusedHours());
        return new Upkeep("file-upkeep", List.of(new UnusedFiles(storage.files(), bytes, journal, kept, clock, stats)));
    }
}
