package com.techcourse.platform.migration;

import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/** Hands our files to the migration tool, which then scans nothing. */
record MigrationResources(MigrationFiles files) implements ResourceProvider {

    @Override
    public @Nullable LoadableResource getResource(String path) {
        byte[] content = files.contents().get(path);
        return content == null ? null : new File(path, content);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return files.contents().entrySet().stream()
                .filter(file -> MigrationFiles.name(file.getKey()).startsWith(prefix))
                .filter(file -> Arrays.stream(suffixes).anyMatch(file.getKey()::endsWith))
                .map(MigrationResources::resource)
                .toList();
    }

    private static LoadableResource resource(Map.Entry<String, byte[]> file) {
        return new File(file.getKey(), file.getValue());
    }

    private static final class File extends LoadableResource {

        private final String path;
        private final byte[] content;

        File(String path, byte[] content) {
            this.path = path;
            this.content = content;
        }

        @Override
        public Reader read() {
            return new StringReader(new String(content, StandardCharsets.UTF_8));
        }

        @Override
        public String getAbsolutePath() {
            return path;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return path;
        }

        @Override
        public String getFilename() {
            return MigrationFiles.name(path);
        }

        @Override
        public String getRelativePath() {
            return path;
        }
    }
}
