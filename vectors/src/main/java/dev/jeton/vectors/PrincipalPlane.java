package dev.jeton.vectors;

/** The two directions in which points differ most, by orthogonal iteration on their covariance. */
final class PrincipalPlane {
    private static final int MAX_ITERATIONS = 500;
    private static final double CONVERGED = 1e-10;

    private PrincipalPlane() {}

    /** The points' places along the two directions; {@code points} are centred on the way. */
    static double[][] project(double[][] points, long seed) {
        int dimension = points[0].length;
        centre(points);
        double[][] covariance = covariance(points);
        Randoms random = new Randoms(seed, 0, dimension);
        double[] first = new double[dimension];
        double[] second = new double[dimension];
        for (int d = 0; d < dimension; d++) {
            first[d] = random.centred();
            second[d] = random.centred();
        }
        double moved = 1;
        for (int i = 0; i < MAX_ITERATIONS && moved > CONVERGED; i++) {
            double[] nextFirst = normalised(times(covariance, first));
            double[] next = times(covariance, second);
            removePart(next, nextFirst);
            double[] nextSecond = normalised(next);
            moved = 2 - Math.abs(product(first, nextFirst)) - Math.abs(product(second, nextSecond));
            first = nextFirst;
            second = nextSecond;
        }
        double[][] places = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            places[i] = new double[] {product(points[i], first), product(points[i], second)};
        }
        return places;
    }

    private static void centre(double[][] points) {
        double[] mean = new double[points[0].length];
        for (double[] point : points) {
            for (int d = 0; d < mean.length; d++) {
                mean[d] += point[d] / points.length;
            }
        }
        for (double[] point : points) {
            for (int d = 0; d < mean.length; d++) {
                point[d] -= mean[d];
            }
        }
    }

    private static double[][] covariance(double[][] points) {
        int dimension = points[0].length;
        double[][] covariance = new double[dimension][dimension];
        for (double[] point : points) {
            for (int row = 0; row < dimension; row++) {
                for (int column = 0; column < dimension; column++) {
                    covariance[row][column] += point[row] * point[column] / points.length;
                }
            }
        }
        return covariance;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] result = new double[vector.length];
        for (int row = 0; row < result.length; row++) {
            result[row] = product(matrix[row], vector);
        }
        return result;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static void removePart(double[] vector, double[] unit) {
        double part = product(vector, unit);
        for (int d = 0; d < vector.length; d++) {
            vector[d] -= part * unit[d];
        }
    }

    private static double[] normalised(double[] vector) {
        double length = Math.sqrt(product(vector, vector));
        for (int d = 0; d < vector.length && length > 0; d++) {
            vector[d] /= length;
        }
        return vector;
    }
}
