package io.cruddur.obs.delivery;

/** Something that may have to give way. */
interface Ranked {
    /** What it is worth when there is no room for all; the most, where one is worth as much as another. */
    default Severity severity() {
        return Severity.ERROR;
    }
}
