package com.techcourse.platform.web;

import com.techcourse.platform.Standbys;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where there are standbys, it is looked up before every page who asks: visitors may see what is older. */
@Component
class KnownVisitors implements HandlerInterceptor, WebMvcConfigurer {

    private final Standbys standbys;

    KnownVisitors(Standbys standbys) {
        this.standbys = standbys;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod && standbys.areThere()) {
            Authentication known = SecurityContextHolder.getContext().getAuthentication();
            if (known == null || known instanceof AnonymousAuthenticationToken) {
                standbys.askedByVisitor();
            }
        }
        return true;
    }
}
