package io.cruddur.obs.spring.httpclient;

import io.cruddur.obs.Obs;
import io.cruddur.obs.httpclient.TracedHttpClient;
import java.net.http.HttpClient;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.util.function.SingletonSupplier;

/** Puts the traced client in the place of each; nobody can ask for one by its class, which is hidden in the JDK. */
final class HttpClientPostProcessor implements BeanPostProcessor {
    private final Supplier<Obs> obs;

    /** {@link Obs} is asked for at the first call: what says where it sends to may need a client itself. */
    HttpClientPostProcessor(Supplier<Obs> obs) {
        SingletonSupplier<Obs> once = SingletonSupplier.of(obs);
        this.obs = once::obtain;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        boolean ofTheJdk = bean instanceof HttpClient && bean.getClass().getModule() == HttpClient.class.getModule();
        return ofTheJdk ? TracedHttpClient.of(obs, (HttpClient) bean) : bean;
    }
}
