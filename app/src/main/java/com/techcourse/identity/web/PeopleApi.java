package com.techcourse.identity.web;

import com.techcourse.platform.Acting;
import com.techcourse.platform.ActingTransactions;
import com.techcourse.platform.Cursor;
import com.techcourse.platform.Page;
import com.techcourse.platform.api.Api;
import com.techcourse.platform.api.Limit;
import com.techcourse.platform.api.Listing;
import com.techcourse.platform.api.OpenTo;
import com.techcourse.platform.api.Refused;
import com.techcourse.platform.api.Refuses;
import io.swagger.v3.oas.annotations.Operation;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;

/** Everybody who has an account, for admins: found, given and taken roles, suspended. */
@Api
class PeopleApi {

    private static final String ONE = """
            select u.id, u.email::text as email, u.display_name, u.status, u.created_at,
                   array(select r.role::text from identity.user_roles r where r.user_id = u.id order by r.role) as roles
              from identity.users u where u.id = ?
            """;

    private final ActingTransactions transactions;

    PeopleApi(ActingTransactions transactions) {
        this.transactions = transactions;
    }

    @GetMapping("/people")
    @OpenTo("admin")
    @Operation(
            summary = "Find people",
            description = "By a part of the name or address, a role, a status; newest first.")
    Listing<Person> find(
            Acting admin,
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String role,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit) {
        UUID from = Cursor.parse(after).map(cursor -> cursor.uuid(0)).orElse(null);
        List<Person> people = transactions.read(
                admin,
                database -> database.fetch(
                                "select * from identity.find_people(?, ?, ?, ?, ?)",
                                q,
                                role,
                                status,
                                from,
                                limit.rows() + 1)
                        .map(Person::of));
        return Listing.of(Page.of(people, limit.rows(), person -> Cursor.of(person.id())));
    }

    @GetMapping("/people/{id}")
    @OpenTo("admin")
    @Operation(summary = "One person", description = "With the roles that the person may act as.")
    Person one(Acting admin, @PathVariable UUID id) {
        return transactions.read(admin, database -> person(database, id));
    }

    @PutMapping("/people/{id}/roles/{role}")
    @OpenTo("admin")
    @Refuses("erased")
    @Operation(summary = "Grant a role", description = "An instructor gets a public profile with it.")
    Person grant(Acting admin, @PathVariable UUID id, @PathVariable String role) {
        return transactions.write(admin, database -> {
            person(database, id);
            database.execute("""
                    insert into identity.user_roles (user_id, role, granted_by) values (?, ?, ?)
                    on conflict on constraint user_roles_user_id_role_pkey do nothing
                    """, id, role, admin.userId());
            if (role.equals("instructor")) {
                database.execute("""
                        insert into identity.instructor_profiles (user_id, display_name)
                        select u.id, u.display_name from identity.users u where u.id = ?
                        on conflict on constraint instructor_profiles_user_id_pkey do nothing
                        """, id);
            }
            return person(database, id);
        });
    }

    @DeleteMapping("/people/{id}/roles/{role}")
    @OpenTo("admin")
    @Refuses({"in-use", "last-admin"})
    @Operation(summary = "Revoke a role", description = "Sessions and tokens that act as this role end with it.")
    Person revoke(Acting admin, @PathVariable UUID id, @PathVariable String role) {
        return transactions.write(admin, database -> {
            if (database.execute("delete from identity.user_roles where user_id = ? and role = ?", id, role) == 0) {
                throw new Refused("not-found");
            }
            return person(database, id);
        });
    }

    @PutMapping("/people/{id}/suspension")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Refuses({"erased", "last-admin"})
    @Operation(summary = "Suspend", description = "Ends all sessions, tokens and mailed links at once.")
    void suspend(Acting admin, @PathVariable UUID id) {
        suspended(admin, id, true);
    }

    @DeleteMapping("/people/{id}/suspension")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Refuses({"erased", "last-admin"})
    @Operation(summary = "Let back in", description = "What ended stays ended; the person signs in again.")
    void reactivate(Acting admin, @PathVariable UUID id) {
        suspended(admin, id, false);
    }

    @DeleteMapping("/people/{id}/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @OpenTo("admin")
    @Refuses({"no-second-factor", "second-factor-needed"})
    @Operation(
            summary = "Take off a lost second factor",
            description =
                    "For who has lost it and the recovery codes: make sure first who asks. Ends all sessions and tokens, and tells the person.")
    void takeOffSecondFactor(Acting admin, @PathVariable UUID id) {
        transactions.write(admin, database -> {
            person(database, id);
            if (!Boolean.TRUE.equals(database.fetchValue("select identity.take_off_second_factor(?)", id))) {
                throw new Refused("no-second-factor");
            }
            return id;
        });
    }

    private void suspended(Acting admin, UUID id, boolean suspended) {
        transactions.write(admin, database -> {
            person(database, id);
            return database.execute("select identity.suspend_user(?, ?)", id, suspended);
        });
    }

    private static Person person(DSLContext database, UUID id) {
        return database.fetchOptional(ONE, id).map(Person::of).orElseThrow(() -> new Refused("not-found"));
    }

    /** @param status active, suspended or erased */
    record Person(
            UUID id, String email, String displayName, String status, List<String> roles, OffsetDateTime createdAt) {

        static Person of(Record row) {
            return new Person(
                    row.get("id", UUID.class),
                    row.get("email", String.class),
                    row.get("display_name", String.class),
                    row.get("status", String.class),
                    List.of(row.get("roles", String[].class)),
                    row.get("created_at", OffsetDateTime.class));
        }
    }
}
