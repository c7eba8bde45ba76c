package dev.mooring.spring.guarded;

import dev.mooring.Dependency;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;

/** Runs each call of a guarded method as a call to its dependency. Thread-safe. */
final class GuardedCalls implements MethodInterceptor {
    private final GuardedDependencies dependencies;
    private final FailedCalls failed;

    GuardedCalls(GuardedDependencies dependencies, FailedCalls failed) {
        this.dependencies = dependencies;
        this.failed = failed;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Dependency dependency = dependency(invocation);
        if (CompletionStage.class.isAssignableFrom(invocation.getMethod().getReturnType())) {
            return dependency.callAsync(() -> stage(invocation, dependency));
        }
        return dependency.call(() -> proceed(invocation, dependency)).get();
    }

    private CompletionStage<?> stage(MethodInvocation invocation, Dependency dependency) throws Exception {
        if (!(proceed(invocation, dependency) instanceof CompletionStage<?> stage)) {
            throw new IllegalStateException(invocation.getMethod() + " returned null; expected a CompletionStage");
        }
        stage.exceptionally(error -> {
            Throwable cause = error.getCause();
            failed.note(error instanceof CompletionException && cause != null ? cause : error, dependency);
            return null;
        });
        return stage;
    }

    private Dependency dependency(MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : AopUtils.getTargetClass(target);
        Guarded guarded = AnnotatedElementUtils.findMergedAnnotation(
                AopUtils.getMostSpecificMethod(invocation.getMethod(), type), Guarded.class);
        if (guarded == null) {
            throw new IllegalStateException(invocation.getMethod() + " is not guarded");
        }
        return dependencies.of(guarded, invocation.getMethod());
    }

    private @Nullable Object proceed(MethodInvocation invocation, Dependency dependency) throws Exception {
        try {
            return invocation.proceed();
        } catch (Exception | Error known) {
            failed.note(known, dependency);
            throw known;
        } catch (Throwable neither) {
            throw new IllegalStateException(neither);
        }
    }
}
