package io.kcp.upstream.testkit.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A check that a real server, as tests run it, can't be put through. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface InMemoryOnly {
  /** Why. */
  String value();
}
