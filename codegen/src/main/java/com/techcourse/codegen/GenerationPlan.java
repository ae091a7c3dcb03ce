package com.techcourse.codegen;

import com.techcourse.platform.postgres.DatabaseUrl;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.SchemaMappingType;
import org.jooq.meta.jaxb.Target;

/** What is generated: every room's schema, partitions and the migration history left out. */
final class GenerationPlan {

    private static final String[] ROOMS = {
        "platform", "identity", "catalog", "learning", "sales", "audit", "reporting", "analytics"
    };

    private GenerationPlan() {}

    static Configuration of(DatabaseUrl owner, Path target) {
        return new Configuration()
                .withLogging(Logging.WARN)
                .withJdbc(new Jdbc()
                        .withDriver("org.postgresql.Driver")
                        .withUrl(owner.jdbcUrl())
                        .withUser(owner.user())
                        .withPassword(owner.password()))
                .withGenerator(new Generator()
                        .withDatabase(database())
                        .withGenerate(new Generate()
                                .withComments(false)
                                .withImplicitJoinPathsManyToMany(false)
                                .withGlobalObjectReferences(true))
                        .withTarget(new Target()
                                .withPackageName("com.techcourse.jooq")
                                .withDirectory(target.toString())));
    }

    private static Database database() {
        return new Database()
                .withName("org.jooq.meta.postgres.PostgresDatabase")
                .withSchemata(Stream.of(ROOMS)
                        .map(room -> new SchemaMappingType().withInputSchema(room))
                        .toList())
                .withExcludes("schema_history|.*_p\\d+.*|.*_default")
                .withForcedTypes(new ForcedType().withName("VARCHAR").withIncludeTypes("inet|cidr|citext|tstzrange"));
    }
}
