package dev.jeton.torch;

import dev.jeton.torch.internal.Abi;
import dev.jeton.torch.internal.Scratch;
import org.jspecify.annotations.Nullable;

/** What belongs to one thread: its innermost scope, whether it records gradients, its memory for native calls. */
final class Context {
    private static final ThreadLocal<Context> CURRENT = ThreadLocal.withInitial(Context::new);

    final Scratch scratch = new Scratch();
    private final Call call = new Call(this);
    private boolean callInUse;

    @Nullable
    Scope scope;

    /** The mixed precision this thread computes in. */
    @Nullable
    Autocast autocast;

    /** Whether operators are recorded for gradients. */
    boolean recording = true;

    /** What every result is searched for. */
    FiniteChecks.Mode finiteChecks = FiniteChecks.Mode.OFF;

    private Context() {
        LibTorch.load();
        Abi.recordGradients(false); // the tape is ours
    }

    static Context current() {
        return CURRENT.get();
    }

    /** Returns an empty argument list: this thread's own, or a new one where arguments are computed in between. */
    Call call(Operator operator) {
        if (callInUse) {
            return new Call(this).begin(operator);
        }
        callInUse = true;
        return call.begin(operator);
    }

    void finished(Call finished) {
        if (finished == call) {
            callInUse = false;
        }
    }
}
