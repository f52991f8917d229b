# docker build --target api .          the service
# docker build --target fake-apple .   the fake Apple service, for trying it out
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/VppManager.Core/*.csproj src/VppManager.Core/packages.lock.json src/VppManager.Core/
COPY src/VppManager.Apple/*.csproj src/VppManager.Apple/packages.lock.json src/VppManager.Apple/
COPY src/VppManager.Api/*.csproj src/VppManager.Api/packages.lock.json src/VppManager.Api/
COPY src/VppManager.FakeApple/*.csproj src/VppManager.FakeApple/packages.lock.json src/VppManager.FakeApple/
RUN dotnet restore --locked-mode src/VppManager.Api && dotnet restore --locked-mode src/VppManager.FakeApple
COPY src src
RUN dotnet publish src/VppManager.Api -c Release --no-restore -o /published/api \
 && dotnet publish src/VppManager.FakeApple -c Release --no-restore -o /published/fake-apple

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS fake-apple
WORKDIR /app
COPY --from=build /published/fake-apple .
USER $APP_UID
ENV ASPNETCORE_URLS=http://0.0.0.0:5081
EXPOSE 5081
ENTRYPOINT ["dotnet", "VppManager.FakeApple.dll"]

# Last, so that a plain "docker build ." makes the service. It needs a PostgreSQL: ConnectionStrings__VppManager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS api
WORKDIR /app
COPY --from=build /published/api .
# Where a private PostgreSQL's folder would be, and the development key is; a volume keeps it.
RUN mkdir /data && chown $APP_UID /data
ENV Database__DataDirectory=/data
VOLUME /data
USER $APP_UID
ENV ASPNETCORE_URLS=http://0.0.0.0:5080
EXPOSE 5080
ENTRYPOINT ["dotnet", "VppManager.Api.dll"]
