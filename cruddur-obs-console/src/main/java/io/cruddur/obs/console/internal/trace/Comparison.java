package io.cruddur.obs.console.internal.trace;

/** The signs by which filters compare numbers. */
final class Comparison {

    private Comparison() {}

    /** False for NaN, whatever the sign but {@code !=}. */
    static boolean fits(double value, String sign, double bound) {
        return switch (sign) {
            case "=" -> value == bound;
            case "!=" -> value != bound;
            case ">" -> value > bound;
            case ">=" -> value >= bound;
            case "<" -> value < bound;
            case "<=" -> value <= bound;
            default -> throw new IllegalArgumentException("There is no comparison by " + sign);
        };
    }
}
