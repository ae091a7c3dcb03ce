package com.techcourse.platform.api;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of schemas, and which members they require: those of a record that are not nullable. */
final class ApiSchemas {

    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    ModelResolver resolver() {
        ObjectMapper mapper = Json31.mapper().copy();
        mapper.setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(mapper, new Names()).openapi31(true);
    }

    void markRequired(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        schemas.computeIfPresent("JsonNode", (name, bean) -> new JsonSchema().description("Any JSON value"));
        records.forEach((name, type) -> {
            Schema<?> schema = schemas.get(name);
            if (schema != null && type.isRecord()) {
                List<String> required = new ArrayList<>(Arrays.stream(type.getRecordComponents())
                        .filter(RequiredMembers::isRequired)
                        .map(RequiredMembers::name)
                        .toList());
                schema.setRequired(required.isEmpty() ? null : required);
            }
        });
    }

    /** {@code EnrollmentsApi.View} becomes {@code EnrollmentsView}; what stands alone keeps its name. */
    private final class Names extends TypeNameResolver {

        @Override
        protected String nameForClass(Class<?> type, Set<Options> options) {
            Class<?> outer = type.getEnclosingClass();
            String name = outer == null
                    ? super.nameForClass(type, options)
                    : outer.getSimpleName().replaceFirst("Api$", "") + type.getSimpleName();
            records.put(name, type);
            return name;
        }

        @Override
        protected String nameForGenericType(JavaType type, Set<Options> options) {
            String name = super.nameForGenericType(type, options);
            records.put(name, type.getRawClass());
            return name;
        }
    }
}
