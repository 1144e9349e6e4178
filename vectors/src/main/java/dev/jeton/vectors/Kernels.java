package dev.jeton.vectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the kernel once: the Vector API where its module is there, plain Java where not; a training's log line says which. */
final class Kernels {
    private static final Logger LOG = LoggerFactory.getLogger(Kernels.class);

    private static final Kernel BEST = choose();

    private Kernels() {}

    static Kernel best() {
        return BEST;
    }

    static boolean vectorApiPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    private static Kernel choose() {
        return vectorApiPresent() ? Fast.create() : new ScalarKernel();
    }

    /** Says which kernel a training runs on. */
    static void announce(Kernel kernel) {
        if (kernel instanceof ScalarKernel) {
            LOG.warn(
                    "vectors: plain Java kernels; start java with '--add-modules jdk.incubator.vector' to run several times faster");
        } else {
            LOG.info("vectors: kernels on the {}", kernel.name());
        }
    }

    /** Keeps the class that needs the optional module from being loaded without it. */
    private static final class Fast {
        private Fast() {}

        static Kernel create() {
            return new VectorKernel();
        }
    }
}
