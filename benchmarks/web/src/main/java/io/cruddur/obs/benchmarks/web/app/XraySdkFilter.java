package io.cruddur.obs.benchmarks.web.app;

import com.amazonaws.xray.AWSXRay;
import com.amazonaws.xray.AWSXRayRecorderBuilder;
import com.amazonaws.xray.jakarta.servlet.AWSXRayServletFilter;
import com.amazonaws.xray.strategy.sampling.AllSamplingStrategy;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The X-Ray SDK's own filter, every request recorded. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("benchmark.xray-sdk")
class XraySdkFilter {
    @Bean
    FilterRegistrationBean<AWSXRayServletFilter> xrayFilter() {
        AWSXRay.setGlobalRecorder(AWSXRayRecorderBuilder.standard()
                .withSamplingStrategy(new AllSamplingStrategy())
                .build());
        return new FilterRegistrationBean<>(new AWSXRayServletFilter("benchmark"));
    }
}
