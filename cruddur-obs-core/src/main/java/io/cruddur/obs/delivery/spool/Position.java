package io.cruddur.obs.delivery.spool;

/**
 * A place between two frames.
 *
 * @param segment the segment file's number
 * @param offset bytes from its beginning
 * @param number the last record that ends before it
 */
record Position(long segment, long offset, long number) {}
