package com.techcourse.testing;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A test class with a database of its own, in which nobody is yet. */
@TestInstance(Lifecycle.PER_CLASS)
public abstract class WithAcademy {

    protected TestDatabase database;
    protected Sql owner;
    protected Academy academy;

    @BeforeAll
    void openDatabase() {
        database = TestDatabase.create();
        owner = Sql.connect(database.ownerUrl());
        owner.run("select platform.ensure_partitions()");
        academy = new Academy(owner);
    }

    @AfterAll
    void closeDatabase() {
        owner.close();
        database.close();
    }

    /** Work of the application, in one transaction in which this person acts. */
    protected <T> T as(@Nullable UUID user, String role, Sql.Work<T> work) {
        try (Sql app = Sql.connect(database.appUrl())) {
            return app.transaction(sql -> {
                sql.actAs(user, role);
                return work.in(sql);
            });
        }
    }

    /** Work of the loader: bulk loading, and the functions that the application calls. */
    protected <T> T asLoader(Sql.Work<T> work) {
        return owner.transaction(sql -> {
            sql.run("set local role techcourse_loader");
            return work.in(sql);
        });
    }
}
