package com.techcourse.platform.watching;

import org.jspecify.annotations.Nullable;

/**
 * A figure with its judgement, for the page.
 *
 * @param amount null where the figure is not known
 * @param runbook the part of docs/operations.md that tells what to do
 */
public record Judged(String key, Light light, @Nullable Amount amount, String runbook, Sparkline past) {

    public boolean isTold() {
        return amount != null;
    }

    boolean wantsAction() {
        return light == Light.BAD || light == Light.NOTE;
    }
}
