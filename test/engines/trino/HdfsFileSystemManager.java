package io.trino.filesystem.hdfs;

import io.opentelemetry.api.OpenTelemetry;
import io.trino.filesystem.TrinoFileSystemFactory;
import io.trino.filesystem.local.LocalFileSystemFactory;
import io.trino.spi.NodeManager;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

// In place of trino-hdfs: gives the hive plugin Trino's own local file system, as fs.native-local does in later releases.
public final class HdfsFileSystemManager {
    private final Path root;

    public HdfsFileSystemManager(Map<String, String> config, boolean azure, boolean gcs, boolean s3, String catalog,
            NodeManager nodes, OpenTelemetry telemetry) {
        root = Path.of(config.get("local.location"));
    }

    public Set<String> configure() {
        return Set.of("local.location");
    }

    public TrinoFileSystemFactory create() {
        return new LocalFileSystemFactory(root);
    }

    public void stop() {}
}
