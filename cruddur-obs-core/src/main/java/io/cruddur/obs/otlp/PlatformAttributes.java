package io.cruddur.obs.otlp;

import io.cruddur.obs.aws.platform.Platform;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the process runs on, in the names of the semantic conventions. Beanstalk has none there; its facts have the names
 * from which the OpenTelemetry collector makes X-Ray's.
 */
final class PlatformAttributes {
    private static final Map<String, String> PLATFORMS = Map.of(
            "AWS::EC2::Instance", "aws_ec2",
            "AWS::ECS::Container", "aws_ecs",
            "AWS::EKS::Container", "aws_eks",
            "AWS::ElasticBeanstalk::Environment", "aws_elastic_beanstalk",
            "AWS::Lambda::Function", "aws_lambda");
    /** A zone is its region and a letter, or a place and a letter: {@code eu-central-1a}, {@code us-west-2-lax-1a}. */
    private static final Pattern REGION = Pattern.compile("[a-z]+(-[a-z]+)+-[0-9]+");

    private static final Pattern ARN = Pattern.compile("arn:[a-z-]+:ecs:([a-z0-9-]+):([0-9]{12}):.+");

    private final Platform platform;
    private final Map<String, Object> attributes = new LinkedHashMap<>();

    private PlatformAttributes(Platform platform) {
        this.platform = platform;
    }

    static Map<String, Object> of(Platform platform) {
        String name = platform.origin() == null ? null : PLATFORMS.get(platform.origin());
        if (name == null) {
            return Map.of();
        }
        var made = new PlatformAttributes(platform);
        made.put("cloud.provider", "aws");
        made.put("cloud.platform", name);
        made.addBeanstalk();
        made.addEks();
        made.addEcs();
        made.addEc2();
        return made.attributes;
    }

    private void addBeanstalk() {
        put("service.namespace", platform.fact("elastic_beanstalk", "environment_name"));
        put("service.version", platform.fact("elastic_beanstalk", "version_label"));
        put("service.instance.id", platform.fact("elastic_beanstalk", "deployment_id"));
    }

    private void addEks() {
        put("k8s.cluster.name", platform.fact("eks", "cluster_name"));
        put("k8s.pod.name", platform.fact("eks", "pod"));
        put("container.id", platform.fact("eks", "container_id"));
    }

    private void addEcs() {
        put("container.id", platform.fact("ecs", "container_id"));
        put("container.name", platform.fact("ecs", "container"));
        String arn = platform.fact("ecs", "container_arn");
        put("aws.ecs.container.arn", arn);
        Matcher parts = ARN.matcher(arn == null ? "" : arn);
        if (parts.matches()) {
            put("cloud.region", parts.group(1));
            put("cloud.account.id", parts.group(2));
        }
    }

    private void addEc2() {
        put("host.id", platform.fact("ec2", "instance_id"));
        put("host.type", platform.fact("ec2", "instance_size"));
        put("host.image.id", platform.fact("ec2", "ami_id"));
        String zone = platform.fact("ec2", "availability_zone");
        put("cloud.availability_zone", zone);
        Matcher region = REGION.matcher(zone == null ? "" : zone);
        if (region.lookingAt()) {
            put("cloud.region", region.group());
        }
    }

    private void put(String key, @Nullable String value) {
        if (value != null) {
            attributes.putIfAbsent(key, value);
        }
    }
}
