package io.cruddur.obs.sampling;

import io.cruddur.obs.sampling.SamplingApi.Report;
import io.cruddur.obs.sampling.SamplingApi.Rules;
import io.cruddur.obs.sampling.SamplingApi.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the rules fresh: reads them every five minutes and when the service says that one was edited, reports what they
 * decided every ten seconds or when the service wants it, and follows the targets that come back. While a call fails,
 * what was read last stays in force and what was counted is kept. Used by one thread but for {@link #rules}.
 */
final class Poll {
    private static final Logger LOG = LoggerFactory.getLogger(CentralSampler.class);
    private static final long RULES_NANOS = TimeUnit.SECONDS.toNanos(300);
    private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(Target.DEFAULT_INTERVAL_SECONDS);

    private final SamplingApi api;
    private final LongSupplier nanos;
    private final LongSupplier epochMillis;
    private final String where;
    private final Outage outage = new Outage(LOG);
    private volatile RuleSet rules = RuleSet.EMPTY;
    private double modified;
    private long rulesDueNanos;
    private long retryNanos = FIRST_RETRY_NANOS;

    /** Polls by these clocks; the first time at once. */
    Poll(SamplingApi api, String where, LongSupplier nanos, LongSupplier epochMillis) {
        this.api = api;
        this.where = where;
        this.nanos = nanos;
        this.epochMillis = epochMillis;
        this.rulesDueNanos = nanos.getAsLong();
    }

    /** What is in force; empty before the first answer. */
    RuleSet rules() {
        return rules;
    }

    /** Does what is due, and says in how many nanoseconds something will be. */
    long poll() {
        if (nanos.getAsLong() - rulesDueNanos >= 0) {
            readRules();
        }
        if (report()) {
            readRules();
        }
        long now = nanos.getAsLong();
        long wait = rulesDueNanos - now;
        for (CentralRule rule : rules.rules()) {
            wait = Math.min(wait, rule.reportDueNanos() - now);
        }
        return Math.max(0, wait);
    }

    private void readRules() {
        String call = "GetSamplingRules";
        try {
            Rules read = api.rules();
            rules = rules.replacedBy(List.copyOf(read.rules()), in(REPORT_NANOS));
            modified = Math.max(modified, read.modified());
            rulesDueNanos = in(RULES_NANOS);
            retryNanos = FIRST_RETRY_NANOS;
            outage.ended(call);
        } catch (IOException | RuntimeException e) {
            rulesDueNanos = in(retryNanos);
            retryNanos = Math.min(LAST_RETRY_NANOS, 2 * retryNanos);
            failed(call, e);
        }
    }

    /** True if the service says that a rule was edited since they were read. */
    private boolean report() {
        long now = nanos.getAsLong();
        var due = new ArrayList<Report>();
        for (CentralRule rule : rules.rules()) {
            if (now - rule.reportDueNanos() >= 0) {
                rule.reportDueNanos(in(REPORT_NANOS));
                Tally.Counts counts = rule.tally().untold();
                // A rule that nothing asked for needs no quota.
                if (counts.requests() > 0) {
                    due.add(new Report(rule, counts));
                }
            }
        }
        boolean edited = false;
        for (int from = 0; from < due.size(); from += SamplingApi.MAX_REPORTS) {
            edited |= report(due.subList(from, Math.min(due.size(), from + SamplingApi.MAX_REPORTS)));
        }
        return edited;
    }

    private boolean report(List<Report> reports) {
        String call = "GetSamplingTargets";
        try {
            long millis = epochMillis.getAsLong();
            Targets answer = api.targets(reports, millis / 1_000);
            for (Report report : reports) {
                CentralRule rule = report.rule();
                if (!answer.unprocessed().contains(rule.name())) {
                    rule.tally().told(report.counts());
                }
                Target target = answer.targets().get(rule.name());
                if (target != null) {
                    rule.follow(target, nanos.getAsLong(), millis / 1_000.0);
                    rule.reportDueNanos(in(TimeUnit.SECONDS.toNanos(target.intervalSeconds())));
                }
            }
            outage.ended(call);
            boolean edited = answer.modified() > modified;
            modified = Math.max(modified, answer.modified());
            return edited;
        } catch (IOException | RuntimeException e) {
            failed(call, e);
            return false;
        }
    }

    private void failed(String call, Exception e) {
        if (api.isClosed()) {
            return;
        }
        outage.began(
                call,
                e,
                nanos.getAsLong(),
                "X-Ray's sampling rules cannot be read from the daemon at " + where + ": {} failed with {}. "
                        + (rules.isEmpty()
                                ? "Until it works, 1 trace a second and 5% of the rest are recorded. "
                                : "Those that were read last stay in force. ")
                        + "Check that its TCP port can be reached and that its role allows xray:GetSamplingRules and "
                        + "xray:GetSamplingTargets, or choose another sampler.");
    }

    /** That long from now and up to a twentieth more, so that the instances of a service do not ask in step. */
    private long in(long delayNanos) {
        return nanos.getAsLong() + delayNanos + ThreadLocalRandom.current().nextLong(delayNanos / 20);
    }
}
