package com.techcourse.identity.web;

import com.techcourse.identity.SignedIn;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells every page who is signed in; nobody, while the database is away. */
@ControllerAdvice
class Account {

    @ModelAttribute("person")
    @Nullable
    SignedIn person() {
        try {
            Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
            return authentication != null && authentication.getPrincipal() instanceof SignedIn person ? person : null;
        } catch (DataAccessException e) {
            return null;
        }
    }
}
