package com.techcourse.identity.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcourse.testing.ApiAcademy;
import com.techcourse.testing.ApiClient;
import com.techcourse.testing.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an admin does with people and settings. */
class PeopleApiTest {

    private static ApiAcademy academy;

    @BeforeAll
    static void open() {
        academy = ApiAcademy.start();
    }

    @AfterAll
    static void close() {
        academy.close();
    }

    private static List<String> names(Answer answer) {
        List<String> names = new ArrayList<>();
        answer.json()
                .path("items")
                .forEach(person -> names.add(person.path("email").asString()));
        return names;
    }

    @Test
    void peopleAreFoundByAPartOfNameOrAddress() {
        academy.person("wilhelmina", "student");
        ApiClient admin = academy.as("admin");
        assertThat(names(admin.get("/people?q=HELMIN"))).containsExactly("wilhelmina@academy.example");
        assertThat(names(admin.get("/people?q=wilhelmina%40acad"))).containsExactly("wilhelmina@academy.example");
        assertThat(names(admin.get("/people?q=%25&limit=5"))).isEmpty();
        assertThat(names(admin.get("/people?role=auditor"))).containsExactly("auditor@academy.example");
        assertThat(names(admin.get("/people?status=suspended&q=wilhel"))).isEmpty();
    }

    @Test
    void pagesFollowEachOther() {
        ApiClient admin = academy.as("admin");
        List<String> read = new ArrayList<>();
        String after = "";
        do {
            Answer page = admin.get("/people?q=Person&limit=3" + after);
            read.addAll(names(page));
            after = page.json().path("next").asString("").isEmpty()
                    ? ""
                    : "&after=" + page.json().path("next").asString();
        } while (!after.isEmpty());
        assertThat(read).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void onlyAnAdminFindsPeople() {
        assertThat(academy.as("student").get("/people").problem()).isEqualTo("forbidden");
        assertThat(academy.as("auditor").get("/people").problem()).isEqualTo("forbidden");
        assertThat(academy.visitor().get("/people").problem()).isEqualTo("unauthenticated");
    }

    @Test
    void rolesAreGrantedAndRevoked() {
        UUID id = academy.person("promoted", "student");
        ApiClient admin = academy.as("admin");
        String roles = "/people/" + id + "/roles/";
        assertThat(admin.put(roles + "accountant", "{}").json().path("roles").toString())
                .contains("accountant", "student");
        assertThat(admin.put(roles + "accountant", "{}").status()).isEqualTo(200);
        assertThat(admin.put(roles + "king", "{}").problem()).isEqualTo("invalid-value");
        assertThat(admin.put("/people/" + UUID.randomUUID() + "/roles/student", "{}")
                        .problem())
                .isEqualTo("not-found");
        ApiClient accountant = academy.as("promoted", "accountant");
        assertThat(accountant.get("/me/tokens").status()).isEqualTo(200);
        assertThat(admin.delete(roles + "accountant").status()).isEqualTo(200);
        assertThat(accountant.get("/me/tokens").problem()).isEqualTo("unauthenticated");
        assertThat(admin.delete(roles + "accountant").problem()).isEqualTo("not-found");
        assertThat(admin.delete("/people/" + academy.id("instructor") + "/roles/instructor")
                        .problem())
                .isEqualTo("in-use");
    }

    @Test
    void theLastAdminStays() {
        ApiClient admin = academy.as("admin");
        assertThat(admin.delete("/people/" + academy.id("admin") + "/roles/admin")
                        .problem())
                .isEqualTo("last-admin");
        assertThat(admin.put("/people/" + academy.id("admin") + "/suspension", "{}")
                        .problem())
                .isEqualTo("last-admin");
    }

    @Test
    void settingsAreChangedAllOrNoneAndAudited() {
        ApiClient admin = academy.as("admin");
        assertThat(academy.as("student").get("/settings").problem()).isEqualTo("forbidden");
        assertThat(admin.get("/settings").body()).contains("academy_name");
        assertThat(admin.patch("/settings", "{\"academy_name\": \"Night School\", \"refund_window_days\": 14}")
                        .status())
                .isEqualTo(200);
        for (String wrong : new String[] {
            "{\"academy_name\": \"\"}",
            "{\"refund_window_days\": -1}",
            "{\"refund_window_days\": \"30\"}",
            "{\"instructor_share\": 1.5}",
            "{\"instructor_share\": null}",
            "{\"accounting_time_zone\": \"Moon/Base\"}",
            "{\"academy_name\": \"Lost\", \"no_such_thing\": 1}"
        }) {
            assertThat(admin.patch("/settings", wrong).problem()).as(wrong).isEqualTo("invalid-value");
        }
        assertThat(academy.owner().fetchValue("select value ->> 0 from platform.settings where name = 'academy_name'"))
                .isNotEqualTo("Lost");
        assertThat(academy.owner()
                        .fetchValue(
                                "select count(*) from audit.change_log where relation = 'platform.settings' and changed_by = ?",
                                academy.id("admin")))
                .isEqualTo(2L);
    }

    @Test
    void aLostSecondFactorIsTakenOffByAnAdmin() {
        UUID id = academy.person("forgetful", "student");
        ApiClient forgetful = academy.as("forgetful");
        ApiClient admin = academy.as("admin");
        String factor = "/people/" + id + "/second-factor";
        assertThat(admin.delete(factor).problem()).isEqualTo("no-second-factor");

        Authenticator.enable(academy, forgetful);
        assertThat(academy.as("instructor").delete(factor).problem()).isEqualTo("forbidden");
        assertThat(admin.delete(factor).status()).isEqualTo(204);
        assertThat(forgetful.get("/me").status()).isEqualTo(401);
        assertThat(letters(id)).contains("second-factor-off");
        assertThat(admin.delete(factor).problem()).isEqualTo("no-second-factor");
        assertThat(admin.delete("/people/" + UUID.randomUUID() + "/second-factor")
                        .problem())
                .isEqualTo("not-found");
    }

    @Test
    void anAdminsOwnSecondFactorNeedsACode() {
        UUID id = academy.person("careful", "admin");
        ApiClient careful = academy.as("careful", "admin");
        Authenticator.enable(academy, careful);
        assertThat(careful.delete("/people/" + id + "/second-factor").problem()).isEqualTo("second-factor-needed");
    }

    private static List<String> letters(UUID id) {
        return academy.owner()
                .fetch("select template from identity.mails where user_id = ?", id)
                .getValues(0, String.class);
    }
}
