package com.techcourse.platform;

import java.util.List;

/**
 * What an empty academy is filled with on its first {@code up}. Found by {@link java.util.ServiceLoader}, because the
 * technical room knows no other.
 */
public interface FirstStart {

    /** Nothing at all. */
    FirstStart EMPTY = new FirstStart() {
        @Override
        public void load(Database database, Progress progress) {}

        @Override
        public List<DemoLogin> logins(Database database) {
            return List.of();
        }
    };

    /** Loads all or nothing; called at every start, and does nothing where anybody has an account already. */
    void load(Database database, Progress progress);

    /** One sign-in for each role, shown at the end of {@code up}; none where no sample was loaded. */
    List<DemoLogin> logins(Database database);

    /** A sign-in that only the sample academy has. */
    record DemoLogin(String role, String email, String password) {}
}
