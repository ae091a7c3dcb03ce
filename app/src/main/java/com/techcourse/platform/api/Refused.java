package com.techcourse.platform.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A refusal that the application says itself, because no row of the database could. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String type;
    private final @Nullable String field;
    private final transient Map<String, Object> extensions = new LinkedHashMap<>();

    /** With the title of the problem's type as its sentence. */
    public Refused(String type) {
        this(type, null, null);
    }

    public Refused(String type, String sentence) {
        this(type, sentence, null);
    }

    /**
     * @param type a name of {@code problems} in {@code invariants.yaml}
     * @param sentence one sentence without values of other people's rows
     * @param field member or parameter at fault
     */
    public Refused(String type, @Nullable String sentence, @Nullable String field) {
        super(sentence, null, false, false);
        this.type = type;
        this.field = field;
    }

    /** Several faults of one document, each with its place. */
    public static Refused faults(String type, String sentence, List<Fault> faults) {
        return new Refused(type, sentence).with("faults", List.copyOf(faults));
    }

    /** A further member of the problem document. */
    public Refused with(String member, Object value) {
        extensions.put(member, value);
        return this;
    }

    public String type() {
        return type;
    }

    @Nullable
    String field() {
        return field;
    }

    Map<String, Object> extensions() {
        return extensions;
    }

    /**
     * @param pointer JSON Pointer (RFC 6901) into the request's body
     * @param detail what is wrong there
     */
    public record Fault(String pointer, String detail) {}
}
