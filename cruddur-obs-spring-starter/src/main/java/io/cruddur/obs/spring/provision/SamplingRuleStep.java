package io.cruddur.obs.spring.provision;

import java.util.function.Supplier;
import software.amazon.awssdk.services.xray.XRayClient;
import software.amazon.awssdk.services.xray.model.SamplingRule;
import software.amazon.awssdk.services.xray.model.SamplingRuleRecord;

/** The sampling rule of a file in the form that {@code aws xray create-sampling-rule --cli-input-json} takes. */
record SamplingRuleStep(Supplier<XRayClient> client, Supplier<SamplingRule> file) implements Step {

    @Override
    public String what() {
        return "the sampling rule";
    }

    @Override
    public String permissions() {
        return "xray:GetSamplingRules and xray:CreateSamplingRule";
    }

    @Override
    public String apply() {
        SamplingRule wanted = file.get();
        try (XRayClient xray = client.get()) {
            for (SamplingRuleRecord record : xray.getSamplingRulesPaginator().samplingRuleRecords()) {
                SamplingRule rule = record.samplingRule();
                if (rule != null && wanted.ruleName().equals(rule.ruleName())) {
                    return wanted.ruleName()
                            + (isSame(wanted, rule)
                                    ? " is there"
                                    : " is there with other values than the" + " file's; it is left as it is");
                }
            }
            xray.createSamplingRule(request -> request.samplingRule(wanted));
            return wanted.ruleName() + " created";
        }
    }

    /** The service adds an ARN to what it was given. */
    private static boolean isSame(SamplingRule wanted, SamplingRule there) {
        return wanted.equals(there.toBuilder().ruleARN(null).build());
    }
}
