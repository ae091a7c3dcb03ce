package com.techcourse.platform;

import java.util.List;

/** What an empty academy is filled with on its first {@code up}. Implemented by the room that knows the sample. */
public interface FirstStart {

    /** Loads all or nothing; called once, when no course exists yet. */
    void load(Database database, Progress progress);

    /** One sign-in for each role, shown at the end of {@code up}. */
    List<DemoLogin> logins();

    /** A sign-in that only the sample academy has. */
    record DemoLogin(String role, String email, String password) {}
}
