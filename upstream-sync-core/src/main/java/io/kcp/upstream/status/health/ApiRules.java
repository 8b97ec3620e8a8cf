package io.kcp.upstream.status.health;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the API itself is made of: CustomResourceDefinitions, APIServices, Namespaces. */
final class ApiRules {
  static final List<Rule> DEFINITION =
      List.of(
          new Rule(
              "definition.no-conditions",
              look ->
                  look.conditions().isEmpty()
                      ? Ruling.progressing("NoStatus", "its names are not checked yet")
                      : null),
          new Rule(
              "definition.terminating",
              look ->
                  look.trueCondition("Terminating")
                      .map(
                          condition ->
                              Ruling.terminating(condition.messageOr("its objects are deleted")))
                      .orElse(null)),
          new Rule("definition.refused", ApiRules::refused),
          new Rule("definition.established", ApiRules::established));

  static final List<Rule> API_SERVICE =
      List.of(
          new Rule(
              "api-service.available",
              look ->
                  look.trueCondition("Available")
                      .map(
                          available ->
                              Ruling.healthy(
                                  available.reasonOr("Available"),
                                  available.messageOr("its server answers")))
                      .orElse(null)),
          new Rule("api-service.unavailable", ApiRules::unavailable));

  static final List<Rule> NAMESPACE =
      List.of(new Rule("namespace.phase", look -> namespace(look.text("status.phase"))));

  private ApiRules() {}

  private static @Nullable Ruling refused(Look look) {
    Optional<Condition> fault =
        look.condition("NamesAccepted")
            .filter(Condition::isFalse)
            .or(() -> look.trueCondition("NonStructuralSchema"));
    return fault
        .map(
            condition ->
                Ruling.degraded(
                    condition.reasonOr("NotAccepted"),
                    condition.messageOr(condition.type() + " is " + condition.status())))
        .orElse(null);
  }

  private static Ruling established(Look look) {
    Optional<Condition> established = look.condition("Established");
    if (established.isEmpty() || established.get().hasReason("Installing")) {
      boolean done = established.filter(Condition::isTrue).isPresent();
      return done ? served() : Ruling.progressing("Installing", "it is not served yet");
    }
    Condition condition = established.get();
    return condition.isTrue()
        ? served()
        : Ruling.degraded(
            condition.reasonOr("NotEstablished"), condition.messageOr("it is not served"));
  }

  private static Ruling served() {
    return Ruling.healthy("Established", "its objects are served");
  }

  private static Ruling unavailable(Look look) {
    return look.condition("Available")
        .map(
            available ->
                Ruling.progressing(
                    available.reasonOr("NotAvailable"),
                    available.messageOr("Available is " + available.status())))
        .orElseGet(() -> Ruling.progressing("NotAvailable", "its server is not checked yet"));
  }

  private static @Nullable Ruling namespace(String phase) {
    return switch (phase) {
      case "Active" -> Ruling.healthy("Active", "it takes objects");
      case "" -> null;
      default -> Ruling.unknown("UnknownPhase", "its phase is " + Texts.oneLine(phase));
    };
  }

  /** Also by its phase alone, and with what keeps it. */
  static @Nullable Ruling namespaceTerminating(Look look) {
    boolean ends =
        look.type().equals("Namespace")
            && (look.text("status.phase").equals("Terminating") || GenericRules.isDeleting(look));
    if (!ends) {
      return null;
    }
    List<String> kept =
        look.conditions().stream()
            .filter(Condition::isTrue)
            .filter(condition -> keeps(condition.type()))
            .map(condition -> condition.type() + ": " + condition.messageOr(condition.reason()))
            .toList();
    return Ruling.terminating(
        kept.isEmpty() ? "it is being deleted" : Texts.oneLine(String.join("; ", kept)));
  }

  private static boolean keeps(String type) {
    return (type.startsWith("NamespaceDeletion") && type.endsWith("Failure"))
        || type.equals("NamespaceContentRemaining")
        || type.equals("NamespaceFinalizersRemaining");
  }
}
