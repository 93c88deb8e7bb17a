package io.magpie.server.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Documents one setting where it is declared. The default, the check and the reference page all come from here, so
/// they cannot disagree.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /// What it means, for the operator.
    String value();

    /// The default as it would be written in `magpie.yaml`; empty means that there is none.
    String initial() default "";

    long min() default 0;

    long max() default Long.MAX_VALUE;

    /// For text: what it must match, if anything.
    String pattern() default "";

    /// What is expected, in words, where the type and the limits do not say it.
    String expected() default "";

    /// A command-line flag of its own, as in `--http-port`; `--set` works for every setting.
    String flag() default "";
}
