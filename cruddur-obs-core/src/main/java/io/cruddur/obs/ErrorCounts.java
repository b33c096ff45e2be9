package io.cruddur.obs;

/**
 * What became of what was reported: {@code reported = items + repeated + folded + ignored + failed}. Of items the {@link
 * DeliveryReport} has the rest of the story.
 *
 * @param reported calls of {@link ErrorReport#report}, and what was caught or logged
 * @param items errors that became an item of their own
 * @param repeated exceptions that had been reported before
 * @param folded errors of which there were too many, for which one item a minute stands
 * @param untold those of the folded ones of which no item has told yet
 * @param ignored errors that a filter, their class or their status left out
 * @param failed errors that could not be reported because of a failure of ours
 */
public record ErrorCounts(
        long reported, long items, long repeated, long folded, long untold, long ignored, long failed) {
    /** None. */
    static final ErrorCounts NONE = new ErrorCounts(0, 0, 0, 0, 0, 0, 0);

    /** Whether the law holds; it does whenever nobody is just reporting. */
    public boolean isBalanced() {
        return reported == items + repeated + folded + ignored + failed && untold <= folded;
    }

    @Override
    public String toString() {
        return "reported %d = items %d + repeated %d + folded %d + ignored %d + failed %d"
                .formatted(reported, items, repeated, folded, ignored, failed);
    }
}
