package com.techcourse.identity.web;

import com.techcourse.platform.api.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing up, and the pages that the links of letters lead to. A link is followed by a button: mail programs open links. */
@Controller
class AccountPages {

    private static final Map<String, String> SENTENCES = Map.of(
            "too-many-requests", "refused.too-often", "invalid-value", "refused.password", "TC120", "refused.link");

    private final SignUps signUps;
    private final Secrets secrets;

    AccountPages(SignUps signUps, Secrets secrets) {
        this.signUps = signUps;
        this.secrets = secrets;
    }

    @GetMapping("/sign-up")
    String signUp() {
        return "identity/sign-up";
    }

    @PostMapping("/sign-up")
    String signUp(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        model.addAttribute("name", name).addAttribute("email", email);
        String locale = request.getLocale().getLanguage().equals("de") ? "de" : "en";
        return answered(
                model,
                response,
                "identity/sign-up",
                "sign-up.sent",
                () -> signUps.request(email, password, name, locale, request.getRemoteAddr()));
    }

    @GetMapping("/verify/{token}")
    String verify(@PathVariable String token, Model model) {
        return confirm(model, "confirm.verify", "/verify/" + token);
    }

    @PostMapping("/verify/{token}")
    String verified(@PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        confirm(model, "confirm.verify", "/verify/" + token);
        return answered(
                model,
                response,
                "identity/confirm",
                "verify.done",
                () -> signUps.verify(token, request.getRemoteAddr()));
    }

    @GetMapping("/confirm-email/{token}")
    String confirmEmail(@PathVariable String token, Model model) {
        return confirm(model, "confirm.email", "/confirm-email/" + token);
    }

    @PostMapping("/confirm-email/{token}")
    String confirmedEmail(
            @PathVariable String token, HttpServletRequest request, HttpServletResponse response, Model model) {
        confirm(model, "confirm.email", "/confirm-email/" + token);
        return answered(
                model,
                response,
                "identity/confirm",
                "email-change.done",
                () -> secrets.changeEmail(token, request.getRemoteAddr()));
    }

    @GetMapping("/reset-password")
    String forgotten() {
        return "identity/forgotten";
    }

    @PostMapping("/reset-password")
    String forgotten(
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return answered(
                model,
                response,
                "identity/forgotten",
                "forgotten.sent",
                () -> secrets.requestReset(email, request.getRemoteAddr()));
    }

    @GetMapping("/reset-password/{token}")
    String newPassword(@PathVariable String token, Model model) {
        model.addAttribute("token", token);
        return "identity/new-password";
    }

    @PostMapping("/reset-password/{token}")
    String newPassword(
            @PathVariable String token,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        model.addAttribute("token", token);
        return answered(
                model,
                response,
                "identity/new-password",
                "new-password.done",
                () -> secrets.reset(token, password, request.getRemoteAddr()));
    }

    private static String confirm(Model model, String heading, String action) {
        model.addAttribute("heading", heading).addAttribute("action", action);
        return "identity/confirm";
    }

    private static String answered(Model model, HttpServletResponse response, String form, String done, Runnable work) {
        try {
            work.run();
            model.addAttribute("heading", done + ".heading").addAttribute("text", done + ".text");
            return "identity/told";
        } catch (Refused refused) {
            model.addAttribute("refused", SENTENCES.getOrDefault(refused.type(), "refused.other"));
        } catch (DataAccessException refused) {
            model.addAttribute("refused", SENTENCES.getOrDefault(refused.sqlState(), "refused.other"));
        }
        response.setStatus(422);
        return form;
    }
}
