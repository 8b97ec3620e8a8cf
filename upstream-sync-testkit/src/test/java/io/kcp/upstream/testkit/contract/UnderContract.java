package io.kcp.upstream.testkit.contract;

import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all classes nested in one test class the same server. */
abstract class UnderContract
    implements ParameterResolver, ExecutionCondition, AfterTestExecutionCallback {
  private final Supplier<ContractServer> start;
  private final boolean real;

  private UnderContract(Supplier<ContractServer> start, boolean real) {
    this.start = start;
    this.real = real;
  }

  /** The in-memory server. */
  static final class InMemory extends UnderContract {
    InMemory() {
      super(InMemoryDoor::new, false);
    }
  }

  /** A real kube-apiserver. */
  static final class Real extends UnderContract {
    Real() {
      super(RealServerDoor::new, true);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Fixture.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return outermost(context)
        .getStore(ExtensionContext.Namespace.create(UnderContract.class))
        .getOrComputeIfAbsent(Fixture.class, key -> new Fixture(start.get()), Fixture.class);
  }

  private static ExtensionContext outermost(ExtensionContext context) {
    ExtensionContext at = context;
    while (at.getParent().filter(parent -> parent.getTestClass().isPresent()).isPresent()) {
      at = at.getParent().orElseThrow();
    }
    return at;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    InMemoryOnly only =
        context
            .getTestMethod()
            .map(method -> method.getAnnotation(InMemoryOnly.class))
            .orElse(null);
    return real && only != null
        ? ConditionEvaluationResult.disabled("in memory only: " + only.value())
        : ConditionEvaluationResult.enabled("");
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Checks.of(context)
        .add(
            real,
            context.getRequiredTestClass().getSimpleName()
                + "."
                + context.getRequiredTestMethod().getName());
  }
}
