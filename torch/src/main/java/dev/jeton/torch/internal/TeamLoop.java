package dev.jeton.torch.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A loop in Java that libtorch's threads share, as they share its own operators' loops: no further pool of threads. */
final class TeamLoop {
    private static final @Nullable MethodHandle PARALLEL_FOR = Abi.findIfThere("torch_parallel_for", "JJJJJI");
    private static final FunctionDescriptor RUN_PART =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);
    private static final long PART_CALLBACK = upcall();

    /** The loops that run now, by the number that libtorch hands to each part. */
    private static final Map<Long, Loop> RUNNING = new ConcurrentHashMap<>();

    private static final AtomicLong NUMBERS = new AtomicLong();

    /** What is done for a part of the indices. */
    interface Body {
        void run(long from, long to);
    }

    private static final class Loop {
        final Body body;
        volatile @Nullable Throwable failure;

        Loop(Body body) {
            this.body = body;
        }
    }

    private TeamLoop() {}

    /**
     * Runs a body for the indices from 0 to below a count, in parts that no two threads share.
     *
     * @param grain how many are too few to be divided
     */
    static void run(long count, long grain, Body body) {
        if (PARALLEL_FOR == null || count <= grain) {
            body.run(0, count);
            return;
        }
        long number = NUMBERS.incrementAndGet();
        Loop loop = new Loop(body);
        RUNNING.put(number, loop);
        try {
            Abi.check((int) PARALLEL_FOR.invokeExact(0L, count, grain, PART_CALLBACK, number));
        } catch (Throwable e) {
            throw Abi.unexpected(e);
        } finally {
            RUNNING.remove(number);
        }
        Throwable failure = loop.failure;
        if (failure != null) {
            throw Abi.unexpected(failure);
        }
    }

    private static long upcall() {
        try {
            MethodHandle target = MethodHandles.lookup().findStatic(TeamLoop.class, "runPart", RUN_PART.toMethodType());
            return Linker.nativeLinker()
                    .upcallStub(target, RUN_PART, Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** libtorch calls this; an exception would end the process, so none may leave. */
    @SuppressWarnings("unused") // called from native code
    private static void runPart(long from, long to, long number) {
        Loop loop = RUNNING.get(number);
        if (loop == null) {
            return; // its caller has already failed
        }
        try {
            loop.body.run(from, to);
        } catch (Throwable e) {
            loop.failure = e;
        }
    }
}
