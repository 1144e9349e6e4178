package dev.jeton.models.vae;

/** How to go from one point of the latent space to another. */
public enum LatentPath {
    /** Straight, at even pace. */
    LINEAR {
        @Override
        float[] at(float[] from, float[] to, double t) {
            return mix(from, 1 - t, to, t);
        }
    },
    /**
     * Along the arc between the two directions, at even pace, so that the length stays one that the prior has often
     * (Shoemake, 1985; White, arXiv 1609.04468).
     */
    SPHERICAL {
        @Override
        float[] at(float[] from, float[] to, double t) {
            double angle = Math.acos(Math.clamp(dot(from, to) / Math.sqrt(dot(from, from) * dot(to, to)), -1, 1));
            double sine = Math.sin(angle);
            if (!(sine > 1e-6)) { // the same or the opposite direction, or none at all: there is no one arc
                return LINEAR.at(from, to, t);
            }
            return mix(from, Math.sin((1 - t) * angle) / sine, to, Math.sin(t * angle) / sine);
        }
    };

    /** Returns the point a share of the way. */
    abstract float[] at(float[] from, float[] to, double t);

    private static float[] mix(float[] a, double weightOfA, float[] b, double weightOfB) {
        float[] mixed = new float[a.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = (float) (weightOfA * a[i] + weightOfB * b[i]);
        }
        return mixed;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
