package io.cruddur.obs.spring.provision;

import io.cruddur.obs.Obs;
import io.cruddur.obs.spring.CloudWatchLogsConnectionDetails;
import io.cruddur.obs.spring.ConditionalOnMode;
import io.cruddur.obs.spring.Mode;
import io.cruddur.obs.spring.ObsAutoConfiguration;
import io.cruddur.obs.spring.ObsProperties;
import io.cruddur.obs.spring.XrayConnectionDetails;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ResourceLoader;

/** With {@code cruddur.obs.provision=true}: the X-Ray group, the sampling rule and the log group. */
@AutoConfiguration(after = ObsAutoConfiguration.class)
@ConditionalOnBooleanProperty("cruddur.obs.provision")
@ConditionalOnMode({Mode.LOCAL, Mode.AWS})
public final class ProvisionAutoConfiguration {
    ProvisionAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    Provisioner obsProvisioner(
            ObsProperties properties,
            Obs obs,
            ResourceLoader resources,
            ObjectProvider<XrayConnectionDetails> xray,
            ObjectProvider<CloudWatchLogsConnectionDetails> logs) {
        Account account = Account.of(xray.getIfAvailable(), logs.getIfAvailable());
        return new Provisioner(Steps.of(properties, obs.service(), resources, account));
    }
}
