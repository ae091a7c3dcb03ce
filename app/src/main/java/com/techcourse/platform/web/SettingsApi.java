package com.techcourse.platform.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import io.swagger.v3.oas.annotations.Operation;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import tools.jackson.databind.json.JsonMapper;

/** Settings of the academy, for admins. What a value may be, the database says. */
@Api
class SettingsApi {

    private final ActingTransactions transactions;
    private final JsonMapper json;

    SettingsApi(ActingTransactions transactions, JsonMapper json) {
        this.transactions = transactions;
        this.json = json;
    }

    @GetMapping("/settings")
    @OpenTo("admin")
    @Operation(summary = "All settings", description = "Each with its value and what it means.")
    Listing<Setting> list(Acting admin) {
        return transactions.read(admin, this::all);
    }

    @PatchMapping("/settings")
    @OpenTo("admin")
    @Operation(
            summary = "Change settings",
            description = "An object of names and values; all or none. The change log keeps who changed what.")
    Listing<Setting> change(Acting admin, @RequestBody Map<String, Object> values) {
        return transactions.write(admin, database -> {
            values.forEach((name, value) -> {
                if (database.execute(
                                "update platform.settings set value = ?::jsonb where name = ?",
                                json.writeValueAsString(value),
                                name)
                        == 0) {
                    throw new Refused("invalid-value", "There is no such setting.", name);
                }
            });
            return all(database);
        });
    }

    private Listing<Setting> all(DSLContext database) {
        List<Setting> settings = database.fetch(
                        "select name, value::text as value, description, updated_at from platform.settings order by name")
                .map(this::setting);
        return new Listing<>(settings, null);
    }

    private Setting setting(Record row) {
        return new Setting(
                row.get("name", String.class),
                json.readValue(row.get("value", String.class), Object.class),
                row.get("description", String.class),
                row.get("updated_at", OffsetDateTime.class));
    }

    /** @param value of the kind that the description tells */
    record Setting(String name, Object value, String description, OffsetDateTime updatedAt) {}
}
