package io.kcp.upstream.testkit;

import io.kcp.upstream.testkit.ApiServerTest.Backend;
import io.kcp.upstream.testkit.real.Assets;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives tests their clusters, and checks the clusters' invariants after each test. */
final class ApiServerExtension
    implements ExecutionCondition,
        ParameterResolver,
        AfterEachCallback,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(ApiServerExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (backend(context) == Backend.REAL && !Assets.named()) {
      return ConditionEvaluationResult.disabled(
          Assets.VARIABLE
              + " is not set: there is no real API server to test with; let it name a folder that"
              + " holds etcd and kube-apiserver");
    }
    return ConditionEvaluationResult.enabled("there are API servers to test with");
  }

  /** Servers given to a constructor are those of the test method. */
  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.isAnnotated(Cluster.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Cluster asked = parameter.findAnnotation(Cluster.class).orElseThrow();
    TestCluster given = servers(context).get(asked);
    Class<?> wanted = parameter.getParameter().getType();
    if (!wanted.isInstance(given)) {
      throw new ParameterResolutionException(
          "@Cluster(\"%s\") %s: a parameter of type TestCluster is needed (a whole in-memory server is an InMemoryApiServer, too)"
              .formatted(asked.value(), wanted.getName()));
    }
    return given;
  }

  private static Servers servers(ExtensionContext context) {
    Backend backend = backend(context);
    if (backend == Backend.REAL) {
      return store(outermost(context))
          .getOrComputeIfAbsent(Servers.class, key -> new Servers.Real(), Servers.class);
    }
    Class<?> testClass = context.getRequiredTestClass();
    if (context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "%s: in-memory servers belong to one test method each; what is shared by a class can have them with backend = REAL only"
              .formatted(testClass.getName()));
    }
    return store(context)
        .getOrComputeIfAbsent(Servers.class, key -> MemoryServers.of(testClass), Servers.class);
  }

  /** The context of the outermost class with the annotation: classes nested in it share servers. */
  private static ExtensionContext outermost(ExtensionContext context) {
    ExtensionContext found = context;
    Optional<ExtensionContext> next = Optional.of(context);
    while (next.isPresent()) {
      if (next.get().getTestClass().isPresent() && annotation(next.get()).isPresent()) {
        found = next.get();
      }
      next = next.get().getParent();
    }
    return found;
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }

  private static Backend backend(ExtensionContext context) {
    return annotation(context).map(ApiServerTest::backend).orElse(Backend.IN_MEMORY);
  }

  private static Optional<ApiServerTest> annotation(ExtensionContext context) {
    return AnnotationSupport.findAnnotation(
        context.getRequiredTestClass(), ApiServerTest.class, context.getEnclosingTestClasses());
  }

  private static Optional<Servers> started(ExtensionContext context) {
    return Optional.ofNullable(store(context).get(Servers.class, Servers.class));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    started(context).ifPresent(Servers::checkAndLiftFaults);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable problem)
      throws Throwable {
    throw explained(context, problem);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable problem)
      throws Throwable {
    throw explained(context, problem);
  }

  private static Throwable explained(ExtensionContext context, Throwable problem) {
    started(context).ifPresent(servers -> problem.addSuppressed(servers.notes()));
    return problem;
  }
}
