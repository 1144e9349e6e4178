package dev.jeton.torch.internal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One team of threads for everything: libtorch's operators run on libgomp's, and OpenBLAS, which would start threads of
 * its own that fight with them for the cores, is made to run its jobs on the same.
 *
 * <p>OpenBLAS hands its jobs to a callback. It runs them by libtorch's {@code parallel_for}, one job a thread. The jobs of
 * one call wait for one another, so all must run at once: where the team is taken, inside a parallel part, threads made
 * for the purpose do the work.
 */
public final class ThreadTeam {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final @Nullable MethodHandle SET_TORCH = Abi.findIfThere("_ZN2at15set_num_threadsEi", "IV");
    private static final @Nullable MethodHandle GET_TORCH = Abi.findIfThere("_ZN2at15get_num_threadsEv", "I");
    private static final @Nullable MethodHandle IN_PARALLEL = Abi.findIfThere("_ZN2at18in_parallel_regionEv", "B");
    private static final @Nullable MethodHandle SET_BLAS =
            Abi.load().mkl().isPresent() ? null : Abi.findIfThere("openblas_set_num_threads", "IV");
    private static final @Nullable MethodHandle SET_CALLBACK =
            Abi.findIfThere("openblas_set_threads_callback_function", "JV");
    private static final @Nullable MethodHandle PARALLEL_FOR = Abi.findIfThere("torch_parallel_for", "JJJJJI");

    /** {@code dojob(thread, job, flag)} of OpenBLAS, whose address comes with each call. */
    private static final MethodHandle JOB = LINKER.downcallHandle(
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));

    private static final FunctionDescriptor RUN_JOBS = FunctionDescriptor.ofVoid(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT);
    private static final FunctionDescriptor RUN_RANGE =
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG);

    private static final long JOBS_CALLBACK = upcall("runJobs", RUN_JOBS);
    private static final long RANGE_CALLBACK = upcall("runRange", RUN_RANGE);

    /** Where a call leaves its particulars for the threads of the team: dojob, size of a job, jobs, flag. */
    private static final ThreadLocal<MemorySegment> PARTICULARS =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(4 * Long.BYTES, Long.BYTES));

    private ThreadTeam() {}

    /** Sets how many threads operators of this process use, products included. */
    public static void resize(int threads) {
        try {
            if (SET_TORCH != null) {
                SET_TORCH.invokeExact(threads);
            }
            if (SET_BLAS != null) {
                SET_BLAS.invokeExact(threads);
                if (SET_CALLBACK != null) {
                    SET_CALLBACK.invokeExact(JOBS_CALLBACK);
                }
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns how many threads operators use. */
    public static int size() {
        try {
            return GET_TORCH == null ? 1 : (int) GET_TORCH.invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether products of singles and doubles go to OpenBLAS (else to what libtorch was linked with, such as MKL). */
    public static boolean usesOpenBlas() {
        return SET_BLAS != null;
    }

    /** Keeps products single-threaded: for operators that call them from inside a parallel part. */
    public static void resizeProducts(int threads) {
        if (SET_BLAS != null) {
            try {
                SET_BLAS.invokeExact(threads);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static long upcall(String method, FunctionDescriptor descriptor) {
        try {
            MethodType type = descriptor.toMethodType();
            MethodHandle target = MethodHandles.lookup().findStatic(ThreadTeam.class, method, type);
            return LINKER.upcallStub(target, descriptor, Arena.global()).address();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** OpenBLAS calls this with its jobs; an exception would end the process, so none may leave. */
    @SuppressWarnings("unused") // called from native code
    private static void runJobs(int wait, long dojob, int jobs, long jobSize, long firstJob, int flag) {
        try {
            if (PARALLEL_FOR == null || GET_TORCH == null || jobs > size() || isTaken()) {
                runOnOwnThreads(dojob, jobs, jobSize, firstJob, flag);
                return;
            }
            MemorySegment particulars = PARTICULARS.get();
            particulars.setAtIndex(ValueLayout.JAVA_LONG, 0, dojob);
            particulars.setAtIndex(ValueLayout.JAVA_LONG, 1, jobSize);
            particulars.setAtIndex(ValueLayout.JAVA_LONG, 2, firstJob);
            particulars.setAtIndex(ValueLayout.JAVA_LONG, 3, flag);
            int status = (int) PARALLEL_FOR.invokeExact(0L, (long) jobs, 1L, RANGE_CALLBACK, particulars.address());
            if (status != 0) {
                runOnOwnThreads(dojob, jobs, jobSize, firstJob, flag);
            }
        } catch (Throwable e) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }

    private static boolean isTaken() throws Throwable {
        return IN_PARALLEL == null || (boolean) IN_PARALLEL.invokeExact();
    }

    @SuppressWarnings("unused") // called from native code
    private static void runRange(long begin, long end, long particularsAddress) {
        MemorySegment particulars = MemorySegment.ofAddress(particularsAddress).reinterpret(4 * Long.BYTES);
        long dojob = particulars.getAtIndex(ValueLayout.JAVA_LONG, 0);
        long jobSize = particulars.getAtIndex(ValueLayout.JAVA_LONG, 1);
        long firstJob = particulars.getAtIndex(ValueLayout.JAVA_LONG, 2);
        int flag = (int) particulars.getAtIndex(ValueLayout.JAVA_LONG, 3);
        for (long i = begin; i < end; i++) {
            runJob(dojob, (int) i, firstJob + i * jobSize, flag);
        }
    }

    private static void runJob(long dojob, int index, long job, int flag) {
        try {
            JOB.invokeExact(MemorySegment.ofAddress(dojob), index, job, flag);
        } catch (Throwable e) {
            Thread.currentThread().getUncaughtExceptionHandler().uncaughtException(Thread.currentThread(), e);
        }
    }

    private static void runOnOwnThreads(long dojob, int jobs, long jobSize, long firstJob, int flag)
            throws InterruptedException {
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < jobs; i++) {
            int index = i;
            others.add(Thread.ofPlatform().start(() -> runJob(dojob, index, firstJob + index * jobSize, flag)));
        }
        runJob(dojob, 0, firstJob, flag);
        for (Thread other : others) {
            other.join();
        }
    }
}
