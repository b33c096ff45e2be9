/** From JMH's JSON to the tables and the chart that are published. */
@NullMarked
package io.cruddur.obs.benchmarks.report;

import org.jspecify.annotations.NullMarked;
