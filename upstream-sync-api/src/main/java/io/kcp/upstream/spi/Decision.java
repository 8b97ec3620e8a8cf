package io.kcp.upstream.spi;

public sealed interface Decision {
  record TakePhysical() implements Decision {}

  record KeepUpstream() implements Decision {}

  record UseValue(Object value) implements Decision {}

  record Unresolved(String reason) implements Decision {}

  static Decision takePhysical() {
    return new TakePhysical();
  }

  static Decision keepUpstream() {
    return new KeepUpstream();
  }

  static Decision use(Object value) {
    return new UseValue(value);
  }

  static Decision unresolved(String reason) {
    return new Unresolved(reason);
  }
}
