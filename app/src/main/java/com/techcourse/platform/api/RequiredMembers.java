package com.techcourse.platform.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** A member that is not {@link Nullable} must be there: every one that is missing is named, before anything is done. */
@ControllerAdvice(annotations = Api.class)
class RequiredMembers extends RequestBodyAdviceAdapter {

    @Override
    public boolean supports(MethodParameter parameter, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public Object afterBodyRead(
            Object body,
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        List<Refused.Fault> faults = new ArrayList<>();
        check(body, "", faults);
        if (!faults.isEmpty()) {
            String first = faults.getFirst().pointer();
            throw new Refused("invalid-value", "A member is missing.", first.substring(first.lastIndexOf('/') + 1))
                    .with("faults", List.copyOf(faults));
        }
        return body;
    }

    private static void check(@Nullable Object value, String pointer, List<Refused.Fault> faults) {
        if (value instanceof List<?> entries) {
            for (int n = 0; n < entries.size(); n++) {
                require(entries.get(n), true, pointer + "/" + n, faults);
            }
        } else if (value instanceof Record entry) {
            for (RecordComponent member : entry.getClass().getRecordComponents()) {
                require(read(member, entry), isRequired(member), pointer + "/" + name(member), faults);
            }
        }
    }

    private static void require(@Nullable Object value, boolean required, String pointer, List<Refused.Fault> faults) {
        if (value != null) {
            check(value, pointer, faults);
        } else if (required) {
            faults.add(new Refused.Fault(pointer, "must be there"));
        }
    }

    static boolean isRequired(RecordComponent member) {
        return !member.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    static String name(RecordComponent member) {
        return member.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }

    private static @Nullable Object read(RecordComponent member, Record entry) {
        try {
            member.getAccessor().trySetAccessible();
            return member.getAccessor().invoke(entry);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("The member " + member + " cannot be read.", e);
        }
    }
}
