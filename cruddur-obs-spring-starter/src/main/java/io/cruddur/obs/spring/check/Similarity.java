package io.cruddur.obs.spring.check;

/**
 * How alike two names are, from 0 to 1: the share of their letters that both have in the same order. Unlike an edit
 * distance it does not hold a word against a name that was left out: {@code errors.token} is like {@code
 * errors.access-token}.
 */
public final class Similarity {
    private Similarity() {}

    /** From 0, nothing in common, to 1, the same. */
    public static double of(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? 0 : 2.0 * commonLetters(a, b) / (a.length() + b.length());
    }

    /** The length of the longest common subsequence. */
    private static int commonLetters(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            for (int j = 1; j <= b.length(); j++) {
                row[j] = a.charAt(i - 1) == b.charAt(j - 1) ? above[j - 1] + 1 : Math.max(above[j], row[j - 1]);
            }
            above = row;
        }
        return above[b.length()];
    }
}
