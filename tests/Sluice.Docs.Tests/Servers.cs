using Sluice.Specification.Servers;

[assembly: AssemblyFixture(typeof(SharedServers))]
