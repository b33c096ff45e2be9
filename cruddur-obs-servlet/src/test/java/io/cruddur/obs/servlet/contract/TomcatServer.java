package io.cruddur.obs.servlet.contract;

import io.cruddur.obs.test.http.RunningServer;
import io.cruddur.obs.test.http.ServerSettings;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.http.fileupload.FileUtils;

/** Tomcat 11 with the application of the contract. */
final class TomcatServer implements RunningServer {
    static {
        // Tomcat says of every exception what the tests say already.
        LogManager.getLogManager().reset();
    }

    private final Path directory = Files.createTempDirectory("tomcat");
    private final Tomcat tomcat = new Tomcat();

    TomcatServer(ServerSettings settings) throws IOException, LifecycleException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        Context context = tomcat.addContext("", null);
        addFilter(context, settings);
        Wrapper servlet = Tomcat.addServlet(context, "contract", new ContractServlet(settings));
        servlet.setAsyncSupported(true);
        servlet.addMapping("/*");
        var page = new ErrorPage();
        page.setErrorCode(410);
        page.setLocation("/error-page");
        context.addErrorPage(page);
        tomcat.start();
    }

    private static void addFilter(Context context, ServerSettings settings) {
        var definition = new FilterDef();
        definition.setFilterName("obs");
        definition.setFilter(ContractServlet.filter(settings));
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        var mapping = new FilterMap();
        mapping.setFilterName("obs");
        mapping.addURLPattern("/*");
        for (DispatcherType type : DispatcherType.values()) {
            mapping.setDispatcher(type.name());
        }
        context.addFilterMap(mapping);
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public void close() throws Exception {
        tomcat.stop();
        tomcat.destroy();
        FileUtils.deleteDirectory(directory.toFile());
    }
}
