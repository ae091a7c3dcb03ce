package com.techcourse.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @ParameterizedTest
    @CsvSource({"256, 64MB, 4MB", "4096, 682MB, 8MB", "24576, 4096MB, 48MB", "262144, 8192MB, 64MB"})
    void theServerIsSizedToTheMachine(long megabytes, String buffers, String workMemory) {
        assertThat(Settings.forMemory(megabytes).values())
                .containsEntry("shared_buffers", buffers)
                .containsEntry("work_mem", workMemory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void whatWasReportedAsDoneIsOnDisk(String setting) {
        assertThat(Settings.forThisMachine().values()).containsEntry(setting, "on");
    }
}
