package io.cruddur.obs.spring.httpclient;

import io.cruddur.obs.Obs;
import io.cruddur.obs.httpclient.TracedHttpClient;
import java.net.http.HttpClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Puts the traced client in the place of each; nobody can ask for one by its class, which is hidden in the JDK. */
final class HttpClientPostProcessor implements BeanPostProcessor {
    private final ObjectProvider<Obs> obs;

    HttpClientPostProcessor(ObjectProvider<Obs> obs) {
        this.obs = obs;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        boolean ofTheJdk = bean instanceof HttpClient && bean.getClass().getModule() == HttpClient.class.getModule();
        return ofTheJdk ? TracedHttpClient.of(obs.getObject(), (HttpClient) bean) : bean;
    }
}
