package com.example.benchmark.contender;

/** The contenders by name. */
final class Contenders {
  private Contenders() {}

  static Contender named(String name) {
    if (name.startsWith("bare-")) {
      return new BareLoop(Integer.parseInt(name.substring("bare-".length())));
    }
    return switch (name) {
      case "upstream-sync" -> new Engine(false);
      case "upstream-sync-decides" -> new Engine(true);
      case "controller" -> new ControllerCopy();
      case "operator" -> new OperatorCopy();
      case "by-hand" -> new WatchAndPatch();
      case "listing" -> new Listing();
      default -> throw new IllegalArgumentException("no contender has the name " + name);
    };
  }
}
