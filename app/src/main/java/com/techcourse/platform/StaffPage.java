package com.techcourse.platform;

/**
 * A page for one role: rooms declare theirs as beans, and from these come both the navigation and the access rules.
 *
 * @param path the page; what lies below it is guarded with it, and its download
 * @param nameKey of its name in the message files
 * @param role that one acts as to open it
 */
public record StaffPage(String path, String nameKey, String role) {

    public boolean guards(String requestPath) {
        return requestPath.equals(path)
                || requestPath.equals(path + ".csv")
                || requestPath.startsWith(path + "/")
                || requestPath.startsWith(path + "?");
    }

    /** For request matchers. */
    public String[] patterns() {
        return new String[] {path, path + ".csv", path + "/**"};
    }
}
